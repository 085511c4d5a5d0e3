using System.Collections.ObjectModel;

namespace Proxy.Webhooks;

/// <summary>
/// A route's metadata for YARP, and with it our own route. What YARP matched thereby names the policy of the very same
/// configuration: no look-up, and no moment in which the two could be of different ones. The policy's revision and the trusted
/// proxies are among the entries: YARP compares metadata, so that a changed secret makes a new route.
/// </summary>
internal sealed class WebhookRouteMetadata(IReadOnlyDictionary<string, string>? operators, WebhookRoute route)
    : ReadOnlyDictionary<string, string>(WithOurs(operators, route))
{
    private const string RevisionKey = "WebhookPolicyRevision";
    private const string TrustedProxiesKey = "WebhookTrustedProxies";

    public WebhookRoute Route { get; } = route;

    /// <summary>The route that YARP matched.</summary>
    /// <exception cref="InvalidOperationException">It is not one of ours, and so has no policy.</exception>
    public static WebhookRoute RouteOf(HttpContext context) =>
        context.GetReverseProxyFeature().Route.Config.Metadata is WebhookRouteMetadata metadata
            ? metadata.Route
            : throw new InvalidOperationException("YARP has a route that the configuration did not give it: it has no policy.");

    private static Dictionary<string, string> WithOurs(IReadOnlyDictionary<string, string>? operators, WebhookRoute route) =>
        new(operators ?? ReadOnlyDictionary<string, string>.Empty, StringComparer.OrdinalIgnoreCase)
        {
            [RevisionKey] = route.Policy.Revision,
            [TrustedProxiesKey] = route.TrustedProxies.ToString(),
        };
}
