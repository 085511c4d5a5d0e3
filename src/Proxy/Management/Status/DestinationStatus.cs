using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Proxy.Management.Status;

/// <summary>Reports the upstreams.</summary>
internal static class DestinationStatus
{
    public static IEnumerable<DestinationReport> Read(IProxyStateLookup upstreams) =>
        from cluster in upstreams.GetClusters()
        orderby cluster.ClusterId
        from destination in cluster.DestinationsState.AllDestinations
        orderby destination.DestinationId
        select new DestinationReport(
            cluster.ClusterId,
            destination.DestinationId,
            WithoutUser(destination.Model.Config.Address),
            NameOf(destination.Health.Active),
            NameOf(destination.Health.Passive),
            destination.ConcurrentRequestCount);

    /// <summary>A password in an address is nobody's business here.</summary>
    private static string WithoutUser(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "";

    private static string NameOf(DestinationHealth health) => health switch
    {
        DestinationHealth.Healthy => "healthy",
        DestinationHealth.Unhealthy => "unhealthy",
        _ => "unknown",
    };
}
