using System.Text;
using Proxy.Webhooks;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Compiles policies: their settings, what the catalogue says of their providers, and their secrets.</summary>
/// <param name="catalog">The providers that policies may name.</param>
/// <param name="secrets">Resolves references.</param>
/// <param name="previous">Policies in use; one that has not changed is used on, with the state that its verifier holds.</param>
/// <param name="problems">Takes every error and warning.</param>
/// <param name="keepOrigins">Whether policies keep what they were made of.</param>
internal sealed class PolicyReader(
    PolicyCatalog catalog, SecretReference secrets, IReadOnlyDictionary<string, WebhookPolicy> previous, ProblemList problems, bool keepOrigins)
{
    /// <summary>The reserved name of the policy that verifies nothing.</summary>
    public const string NoneName = "None";

    private const long DefaultMaxBodyBytes = 10 * 1024 * 1024;

    /// <summary>The reserved policy.</summary>
    public static WebhookPolicy None { get; } = new() { Name = NoneName, Provider = "none", Revision = "none", Mode = PolicyMode.None };

    /// <summary>Null, and every error, when the policy has any.</summary>
    public WebhookPolicy? Read(string name, SettingNode node)
    {
        var errorsBefore = problems.Errors.Count;
        if (name.Equals(NoneName, StringComparison.OrdinalIgnoreCase))
        {
            problems.Error(node, $"The name '{name}' is reserved for routes that are not verified; choose another one.");
        }

        var reader = new SettingReader(node, problems);
        var entry = new PolicyProvider(catalog, problems).Read(reader);
        var bodyTimestamp = PolicyBounds.BodyTimestamp(reader, entry);
        var policy = Settings(reader, entry, PolicyBounds.MaxAge(reader, entry, bodyTimestamp));
        var options = new VerifierOptions
        {
            Secrets = Secrets(reader),
            Parameters = Parameters(reader),
            MaxAge = policy.MaxAge ?? VerifierOptions.DefaultMaxAge,
            MaxFutureSkew = policy.MaxFutureSkew,
            BodyTimestamp = bodyTimestamp,
            PublicUrl = PolicyBounds.PublicUrl(reader, entry),
        };
        reader.Done();
        RefusePublished(entry, options.Secrets, node);
        var verifier = entry is null
            ? null
            : WebhookVerifier.Create(entry.Scheme, options, node.Members.GetValueOrDefault("Secrets") ?? node, problems, node);
        if (verifier is null || problems.Errors.Count > errorsBefore)
        {
            return null;
        }

        var revision = Revision(name, node, entry);
        return previous.TryGetValue(name, out var inUse) && inUse.Revision == revision
            ? inUse
            : policy with
            {
                Name = name,
                Revision = revision,
                Verifier = verifier,
                SecretNames = [.. options.Secrets.Select(static secret => secret.Name)],
                Origin = keepOrigins ? Origin(node, entry!, options) : null,
            };
    }

    private PolicyOrigin Origin(SettingNode node, ProviderEntry entry, VerifierOptions options) => new(
        entry.Definition?.Members["scheme"] ?? node.Members["Scheme"],
        options,
        options.Secrets.ToDictionary(static secret => secret.Name, secret => secrets.Resolved[node.Members["Secrets"].Members[secret.Name]]));

    private static WebhookPolicy Settings(SettingReader reader, ProviderEntry? entry, TimeSpan? maxAge)
    {
        var upstream = reader.Child("Upstream");
        var policy = new WebhookPolicy
        {
            Name = "",
            Revision = "",
            Provider = entry?.Id ?? "",
            Mode = PolicyBounds.Mode(reader),
            MaxAge = maxAge,
            MaxFutureSkew = reader.TimeSpan("MaxFutureSkew", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? VerifierOptions.DefaultMaxFutureSkew,
            MaxBodyBytes = reader.Long("MaxBodyBytes", 1, int.MaxValue) ?? entry?.MaxBodyBytes ?? DefaultMaxBodyBytes,
            BodyTimeout = reader.TimeSpan("BodyTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)) ?? TimeSpan.FromSeconds(10),
            MaxConcurrent = reader.Int("MaxConcurrent", 1),
            AllowedSources = NetworkReader.AllowedSources(reader),
            Methods = ["POST", .. entry?.HandshakeMethods ?? []],
            RejectStatus = PolicyBounds.RejectStatus(reader) ?? entry?.RejectStatus ?? 400,
            Reply = PolicyBounds.Reply(reader, entry),
            Replay = ReplayPolicyReader.Read(reader, entry),
            DispatchHeaders = entry?.DispatchHeaders ?? [],
            TotalTimeout = upstream?.TimeSpan("TotalTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)) ?? TimeSpan.FromSeconds(100),
            Retries = upstream?.Int("Retries", 0, 10) ?? 2,
        };
        upstream?.Done();
        return policy;
    }

    private List<Secret> Secrets(SettingReader reader)
    {
        var keys = new List<Secret>();
        var nodes = reader.Required("Secrets") is null ? null : reader.Node.Members["Secrets"];
        if (nodes is { Members.Count: 0 })
        {
            problems.Error(nodes, "No secret is named; expected an object such as { \"current\": \"env:NAME\" }.");
        }

        foreach (var (name, node) in nodes?.Members ?? new Dictionary<string, SettingNode>())
        {
            if (node.Kind != SettingKind.Null && secrets.Resolve(node) is { } value)
            {
                keys.Add(new Secret(name, value));
            }
        }

        return keys;
    }

    /// <summary>A provider's public test key verifies what anybody signs: nobody may run with one.</summary>
    private void RefusePublished(ProviderEntry? entry, IEnumerable<Secret> keys, SettingNode node)
    {
        foreach (var key in keys.Where(key => entry?.Scheme.PublishedKeys.Any(published => key.Matches(Encoding.UTF8.GetBytes(published))) ?? false))
        {
            problems.Error(
                node.Members["Secrets"].Members[key.Name],
                $"The secret is a key that {entry!.Name} published for tests, with which anybody can sign; expected one of your own.");
        }
    }

    /// <summary>Handshake tokens are no keys, but no more for everyone's eyes: they may be references too.</summary>
    private Dictionary<string, string> Parameters(SettingReader reader)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in reader.Children("Parameters"))
        {
            if (secrets.ResolveText(node) is { } value)
            {
                parameters.Add(name, value);
            }
        }

        return parameters;
    }

    /// <summary>Covers the node with the secrets behind it, and the operator's catalogue when the provider comes from there.</summary>
    private string Revision(string name, SettingNode node, ProviderEntry? entry)
    {
        using var digest = new SettingDigest(secrets.Resolved);
        digest.Add(name);
        digest.Add(node);
        if (entry is not null && !ProviderCatalog.BuiltIn.TryGet(entry.Id, out _))
        {
            foreach (var file in catalog.Extra)
            {
                digest.Add(file);
            }
        }

        return digest.Complete();
    }
}
