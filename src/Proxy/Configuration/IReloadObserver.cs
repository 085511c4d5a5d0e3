using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Is told of loads of the configuration.</summary>
internal interface IReloadObserver
{
    /// <summary>A configuration that replaces the one in force is about to be read.</summary>
    void Reading()
    {
    }

    /// <summary>The configuration is in force: the first one, or one that replaces another.</summary>
    void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes);

    /// <summary>A new configuration has errors; the one in force stays, whole.</summary>
    void Rejected(IReadOnlyList<Problem> errors);
}
