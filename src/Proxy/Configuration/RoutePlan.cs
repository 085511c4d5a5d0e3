using Proxy.Webhooks;
using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>A route as YARP wants it, and the policy that it names.</summary>
internal sealed record RoutePlan(RouteConfig Config, WebhookPolicy Policy)
{
    /// <summary>The member of a route's metadata that names its policy.</summary>
    public const string PolicyKey = "WebhookPolicy";

    /// <summary>Finds the policy of every route; no policy is an error.</summary>
    /// <param name="routes">As YARP read them, with their nodes.</param>
    /// <param name="policies">By name, with their nodes; null for one that has errors, which are reported already.</param>
    /// <param name="problems">Takes every error.</param>
    public static IReadOnlyList<RoutePlan> Make(
        IReadOnlyList<(RouteConfig Config, SettingNode Node)> routes,
        IReadOnlyDictionary<string, (SettingNode Node, WebhookPolicy? Policy)> policies,
        ProblemList problems)
    {
        var plans = new List<RoutePlan>();
        var taken = new Dictionary<(RouteMatch Match, int Order), string>();
        foreach (var (config, node) in routes)
        {
            if (PolicyOf(config, node, policies, problems) is not { } policy)
            {
                continue;
            }

            var plan = new RoutePlan(WithMethods(config, policy), policy);
            plans.Add(plan);
            var place = (plan.Config.Match, config.Order ?? 0);
            if (!taken.TryAdd(place, config.RouteId))
            {
                problems.Error(node, $"The route matches the same requests as the route '{taken[place]}'; give one of them another 'Match' or 'Order'.");
            }
        }

        return plans;
    }

    /// <summary>Warns of every policy without a route. What routes there are must be known: an error in one hides which policy it meant.</summary>
    public static void WarnOfUnusedPolicies(
        IReadOnlyList<(RouteConfig Config, SettingNode Node)> routes,
        IReadOnlyDictionary<string, (SettingNode Node, WebhookPolicy? Policy)> policies,
        ProblemList problems)
    {
        var used = routes.Select(static route => PolicyName(route.Config)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, (node, _)) in policies.Where(policy => !used.Contains(policy.Key)))
        {
            problems.Warn(node, $"No route uses the policy '{name}'.");
        }
    }

    private static string PolicyName(RouteConfig route) => route.Metadata?.GetValueOrDefault(PolicyKey) ?? route.RouteId;

    private static WebhookPolicy? PolicyOf(
        RouteConfig route,
        SettingNode node,
        IReadOnlyDictionary<string, (SettingNode Node, WebhookPolicy? Policy)> policies,
        ProblemList problems)
    {
        var named = route.Metadata?.GetValueOrDefault(PolicyKey);
        if (PolicyReader.NoneName.Equals(named, StringComparison.OrdinalIgnoreCase))
        {
            return PolicyReader.None;
        }

        if (policies.TryGetValue(PolicyName(route), out var policy))
        {
            return policy.Policy;
        }

        if (named is null)
        {
            problems.Error(node, $"The route '{route.RouteId}' has no policy: no policy has its name, and its 'Metadata' has no '{PolicyKey}'; expected one of {Legal(policies.Keys)}.{Nearest.Hint(route.RouteId, policies.Keys)}");
        }
        else
        {
            problems.Error(node.Members["Metadata"].Members[PolicyKey], $"\"{named}\" is no policy; expected one of {Legal(policies.Keys)}.{Nearest.Hint(named, policies.Keys)}");
        }

        return null;
    }

    private static string Legal(IEnumerable<string> names) => string.Join(", ", names.Append($"{PolicyReader.NoneName} (forwards unverified)"));

    /// <summary>Webhooks are POSTs: without this, a verified route would count every stray GET as a forgery.</summary>
    private static RouteConfig WithMethods(RouteConfig route, WebhookPolicy policy) =>
        route.Match.Methods is { Count: > 0 } || policy.Methods.Count == 0
            ? route
            : route with { Match = route.Match with { Methods = policy.Methods } };
}
