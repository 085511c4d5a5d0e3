using Proxy.Configuration;

namespace Proxy.Management.Status;

/// <summary>The status page's registrations.</summary>
internal static class StatusServices
{
    /// <summary>Adds what the status page shows and remembers. Needs the request path's services and a TimeProvider.</summary>
    public static void AddStatusPage(this IServiceCollection services)
    {
        services.AddSingleton<TrafficHistory>();
        services.AddSingleton<ConfigurationStatus>();
        services.AddSingleton<IReloadObserver>(static provider => provider.GetRequiredService<ConfigurationStatus>());
        services.AddSingleton<StatusReader>();
        services.AddSingleton<StatusEndpoints>();
    }
}
