using Proxy.Webhooks;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>One configuration, checked and whole: nothing of it is ever replaced singly. Immutable.</summary>
internal sealed record ProxySnapshot
{
    public required ProxySettings Settings { get; init; }

    public required IReadOnlyList<RoutePlan> Routes { get; init; }

    public required IReadOnlyList<ClusterConfig> Clusters { get; init; }

    /// <summary>By name, ignoring case; those that no route uses as well.</summary>
    public required IReadOnlyDictionary<string, WebhookPolicy> Policies { get; init; }

    /// <summary>The providers that its policies can name.</summary>
    public required ProviderCatalog Catalog { get; init; }

    public required IReadOnlyList<Problem> Warnings { get; init; }

    /// <summary>Of the public listener, once for each place that names a certificate.</summary>
    public required IReadOnlyList<CertificateDates> CertificateDates { get; init; }

    /// <summary>Restart-only keys whose new value waits for a restart.</summary>
    public IReadOnlyList<string> RestartNeeded { get; init; } = [];

    /// <summary>Digests of the restart-only keys whose values are in force.</summary>
    public required IReadOnlyDictionary<string, string> RestartOnly { get; init; }

    /// <summary>This configuration with what <paramref name="inForce"/> fixed at start.</summary>
    public ProxySnapshot Following(ProxySnapshot inForce) => this with
    {
        Settings = Settings with
        {
            Urls = inForce.Settings.Urls,
            Kestrel = inForce.Settings.Kestrel,
            // The endpoints are those of the start, but each shows its certificate of now.
            Certificates = inForce.Settings.Certificates.ToDictionary(
                static one => one.Key, one => Settings.Certificates.GetValueOrDefault(one.Key) ?? one.Value, StringComparer.OrdinalIgnoreCase),
            Management = inForce.Settings.Management,
            Replay = inForce.Settings.Replay,
        },
        RestartNeeded = Configuration.RestartOnly.Changed(inForce.RestartOnly, RestartOnly),
        RestartOnly = inForce.RestartOnly,
    };
}
