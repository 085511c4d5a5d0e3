using Proxy.Commands.Requests;
using Proxy.Configuration;
using Proxy.Webhooks;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Commands.Explain;

/// <summary>Judges a captured request as a route of a configuration would.</summary>
internal sealed class ConfiguredAttempt(ProxySnapshot snapshot)
{
    /// <exception cref="UsageException">There is no such route, or it verifies nothing.</exception>
    public Attempt Of(string routeId, CapturedRequest request, WebhookUrl? url, DateTimeOffset now)
    {
        var policy = Route(routeId).Policy;
        if (policy.Origin is not { } origin)
        {
            throw new UsageException($"The route '{routeId}' verifies nothing: its policy is None.");
        }

        return new Attempt
        {
            Provider = policy.Provider,
            Scheme = origin.Scheme,
            Inputs = new SigningInputs(Secrets(policy, static name => name), origin.Options.Parameters),
            OtherSecrets = [.. snapshot.Policies.Values.Where(other => other.Name != policy.Name).SelectMany(static other => Secrets(other, name => $"{other.Name}/{name}"))],
            PublicUrl = url is null ? origin.Options.PublicUrl : SigningInputs.PublicUrl(Scheme.Parse(origin.Scheme, new ProblemList())!, url),
            Request = request,
            Catalog = snapshot.Catalog,
            Now = now,
            MaxAge = origin.Options.MaxAge,
            MaxFutureSkew = origin.Options.MaxFutureSkew,
            BodyTimestamp = origin.Options.BodyTimestamp,
        };
    }

    private static NamedSecret[] Secrets(WebhookPolicy policy, Func<string, string> name) =>
        [.. policy.SecretNames.Select(secret => new NamedSecret(name(secret), policy.Origin!.Secrets[secret]))];

    private RoutePlan Route(string id)
    {
        var ids = snapshot.Routes.Select(static route => route.Config.RouteId).ToList();
        return snapshot.Routes.FirstOrDefault(route => route.Config.RouteId.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no route '{id}'.{Nearest.Hint(id, ids)} Routes: {string.Join(", ", ids)}");
    }
}
