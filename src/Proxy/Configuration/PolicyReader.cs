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
internal sealed class PolicyReader(
    PolicyCatalog catalog, SecretReference secrets, IReadOnlyDictionary<string, WebhookPolicy> previous, ProblemList problems)
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
        var keys = Secrets(reader);
        var policy = Settings(reader, entry) with
        {
            Name = name,
            Revision = Revision(name, node, entry),
            SecretNames = [.. keys.Select(static key => key.Name)],
        };
        reader.Done();
        if (entry is null || problems.Errors.Count > errorsBefore)
        {
            return null;
        }

        if (previous.TryGetValue(name, out var inUse) && inUse.Revision == policy.Revision)
        {
            return inUse;
        }

        var verifier = WebhookVerifier.Create(entry.Scheme, Options(policy, keys), node.Members["Secrets"], problems);
        return verifier is null ? null : policy with { Verifier = verifier };
    }

    private static WebhookPolicy Settings(SettingReader reader, ProviderEntry? entry)
    {
        PolicyBounds.Inputs(reader, entry);
        var upstream = reader.Child("Upstream");
        var policy = new WebhookPolicy
        {
            Name = "",
            Revision = "",
            Provider = entry?.Id ?? "",
            Mode = PolicyBounds.Mode(reader),
            MaxAge = PolicyBounds.MaxAge(reader, entry),
            MaxFutureSkew = reader.TimeSpan("MaxFutureSkew", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? TimeSpan.FromMinutes(1),
            MaxBodyBytes = reader.Long("MaxBodyBytes", 1, int.MaxValue) ?? entry?.MaxBodyBytes ?? DefaultMaxBodyBytes,
            BodyTimeout = reader.TimeSpan("BodyTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)) ?? TimeSpan.FromSeconds(10),
            MaxConcurrent = reader.Int("MaxConcurrent", 1),
            AllowedSources = PolicyBounds.AllowedSources(reader),
            Methods = ["POST", .. entry?.HandshakeMethods ?? []],
            RejectStatus = PolicyBounds.RejectStatus(reader) ?? entry?.RejectStatus ?? 400,
            Reply = PolicyBounds.Reply(reader, entry),
            Replay = ReplayPolicyReader.Read(reader, entry?.Scheme),
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
            if (secrets.Resolve(node) is { } value)
            {
                keys.Add(new Secret(name, value));
            }
        }

        return keys;
    }

    private static VerifierOptions Options(WebhookPolicy policy, IReadOnlyList<Secret> keys)
    {
        var options = new VerifierOptions { Secrets = keys, MaxFutureSkew = policy.MaxFutureSkew };
        return policy.MaxAge is { } maxAge ? options with { MaxAge = maxAge } : options;
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
