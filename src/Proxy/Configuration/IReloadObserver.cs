using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Is told how loads of the configuration end.</summary>
internal interface IReloadObserver
{
    /// <summary>The configuration is in force: the first one, or one that replaces another.</summary>
    void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes);

    /// <summary>A new configuration has errors; the one in force stays, whole.</summary>
    void Rejected(IReadOnlyList<Problem> errors);
}
