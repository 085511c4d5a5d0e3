using System.Collections.Concurrent;
using Proxy.Telemetry;
using Proxy.Webhooks.Buffering;
using Proxy.Webhooks.Sources;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Webhooks;

/// <summary>Makes the request path's routes, and keeps what a route id carries over from one configuration to the next.</summary>
internal sealed class WebhookRouteFactory(WebhookMetrics metrics, BufferBudget budget)
{
    private readonly ConcurrentDictionary<string, ConcurrencyGate> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The route for YARP, with ours in its metadata.</summary>
    public RouteConfig Attach(RouteConfig route, WebhookPolicy policy, NetworkList trustedProxies)
    {
        var ours = new WebhookRoute(
            route.RouteId,
            policy,
            metrics.ForRoute(route.RouteId, policy),
            budget.GetRoute(route.RouteId),
            _gates.GetOrAdd(route.RouteId, static _ => new ConcurrencyGate()),
            trustedProxies);
        return route with { Metadata = new WebhookRouteMetadata(route.Metadata, ours) };
    }
}
