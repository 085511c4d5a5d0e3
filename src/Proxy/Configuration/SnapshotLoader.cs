using System.Collections.ObjectModel;
using Proxy.Webhooks;
using Proxy.Webhooks.Body;
using Proxy.Webhooks.Buffering;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads a whole configuration from its source.</summary>
/// <param name="source">Where it is.</param>
/// <param name="keepOrigins">Whether policies keep what they were made of, resolved secrets among it: for <c>explain</c>, not for a proxy that runs.</param>
internal sealed class SnapshotLoader(ConfigurationSource source, bool keepOrigins = false)
{
    private static readonly IReadOnlyDictionary<string, WebhookPolicy> NoPolicies = ReadOnlyDictionary<string, WebhookPolicy>.Empty;

    /// <summary>The environment variables that it reads.</summary>
    public IReadOnlyDictionary<string, string> Environment => source.Environment;

    /// <summary>Loads the first configuration of a process.</summary>
    public LoadResult Load() => Load(new FileSnapshot(), inForce: null);

    /// <summary>Loads a configuration that is to replace the one in force; unchanged policies of that are used on.</summary>
    /// <param name="files">Receives every file that is read.</param>
    /// <param name="inForce">Null at start.</param>
    public LoadResult Load(FileSnapshot files, ProxySnapshot? inForce)
    {
        var problems = new ProblemList();
        var root = ConfigurationFiles.Read(source, files, problems);
        var snapshot = root is null ? null : Read(root, files, inForce, problems);
        return new LoadResult(problems.Errors.Count == 0 ? snapshot : null, problems, files);
    }

    private ProxySnapshot Read(SettingNode root, FileSnapshot files, ProxySnapshot? inForce, ProblemList problems)
    {
        var secrets = new SecretReference(source, files, problems);
        var certificates = new CertificateReader(source, secrets, files, inForce?.Settings.Certificates.Values.SelectMany(static one => one.All) ?? [], problems);
        var sections = new ProxySettingsReader(source, secrets, certificates, problems).Read(root);
        var catalog = PolicyCatalog.Read(sections.Catalog, source, files, problems);
        var reader = new PolicyReader(catalog, secrets, inForce?.Policies ?? NoPolicies, problems, keepOrigins);
        var policies = sections.Policies.ToDictionary(
            static policy => policy.Key,
            policy => (Node: policy.Value, Policy: reader.Read(policy.Key, policy.Value)),
            StringComparer.OrdinalIgnoreCase);
        var errorsBefore = problems.Errors.Count;
        var proxy = sections.ReverseProxy is { } node ? ReverseProxySection.Read(node, problems) : ReverseProxySection.Empty;
        var routes = RoutePlan.Make(proxy.Routes, policies, problems);
        if (problems.Errors.Count == errorsBefore)
        {
            RoutePlan.WarnOfUnusedPolicies(proxy.Routes, policies, problems);
        }

        WarnOfUselessSettings(root, sections.Settings.Limits, routes, policies.Values, problems);

        var snapshot = new ProxySnapshot
        {
            Settings = sections.Settings,
            Routes = routes,
            Clusters = proxy.Clusters,
            Policies = policies.Values.Select(static policy => policy.Policy).OfType<WebhookPolicy>()
                .ToDictionary(static policy => policy.Name, StringComparer.OrdinalIgnoreCase),
            Catalog = catalog.Providers,
            Warnings = problems.Warnings,
            CertificateDates = certificates.Dates,
            RestartOnly = RestartOnly.Digests(root, secrets.Resolved),
        };
        return inForce is null ? snapshot : snapshot.Following(inForce);
    }

    private static void WarnOfUselessSettings(
        SettingNode root,
        LimitSettings limits,
        IReadOnlyList<RoutePlan> routes,
        IEnumerable<(SettingNode Node, WebhookPolicy? Policy)> policies,
        ProblemList problems)
    {
        if (routes.Count == 0 && problems.Errors.Count == 0)
        {
            problems.Warn(root, "There is no route: every request is answered with 404.");
        }

        var bounds = new BufferLimits(limits.MaxBufferedBytes, limits.MaxBufferedShare);
        foreach (var (node, policy) in policies)
        {
            if (policy is not null && Math.Min(bounds.PerRoute, bounds.TotalFor(policy.MaxBodyBytes)) is var most && Footprint.Least(policy.MaxBodyBytes) > most)
            {
                problems.Warn(node, $"MaxBodyBytes is {policy.MaxBodyBytes}, but Limits lets it hold {most} bytes: a larger body is always refused.");
            }
        }
    }
}

/// <summary>What came of loading a configuration.</summary>
/// <param name="Snapshot">Null when there are errors.</param>
/// <param name="Problems">Errors and warnings.</param>
/// <param name="Files">Everything that was read, also when it was in vain.</param>
internal sealed record LoadResult(ProxySnapshot? Snapshot, ProblemList Problems, FileSnapshot Files);
