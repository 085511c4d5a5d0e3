using Microsoft.Extensions.Primitives;
using Proxy.Webhooks;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>Gives YARP the routes and clusters of a snapshot, each route with its policy attached.</summary>
internal sealed class SnapshotProxyConfigProvider(SnapshotSource source, WebhookRouteFactory routes) : IProxyConfigProvider
{
    public IProxyConfig GetConfig()
    {
        var (snapshot, changed) = source.Offered;
        return new SnapshotProxyConfig(snapshot, [.. snapshot.Routes.Select(plan => routes.Attach(plan.Config, plan.Policy, snapshot.Settings.TrustedProxies))], changed);
    }
}

/// <summary>What YARP applies, and the snapshot that it comes from.</summary>
internal sealed class SnapshotProxyConfig(ProxySnapshot snapshot, IReadOnlyList<RouteConfig> routes, IChangeToken changed) : IProxyConfig
{
    public ProxySnapshot Snapshot { get; } = snapshot;

    public IReadOnlyList<RouteConfig> Routes { get; } = routes;

    public IReadOnlyList<ClusterConfig> Clusters => Snapshot.Clusters;

    public IChangeToken ChangeToken { get; } = changed;
}
