using Proxy.Webhooks;
using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>Hears from YARP what became of a configuration: only what YARP has applied is in force.</summary>
internal sealed class SnapshotConfirmation(SnapshotSource source, IEnumerable<IReloadObserver> observers) : IConfigChangeListener
{
    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => Reject(exception);

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => Reject(exception);

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        foreach (var config in proxyConfigs.OfType<SnapshotProxyConfig>())
        {
            source.Confirm(config.Snapshot);
            var routes = config.Routes.Select(static route => ((WebhookRouteMetadata)route.Metadata!).Route).ToList();
            foreach (var observer in observers)
            {
                observer.Applied(config.Snapshot, routes);
            }
        }
    }

    private void Reject(Exception exception)
    {
        source.Withdraw();
        var error = new Problem("YARP", "$.ReverseProxy", exception.Message);
        foreach (var observer in observers)
        {
            observer.Rejected([error]);
        }
    }
}
