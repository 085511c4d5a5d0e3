using Proxy.Configuration;
using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Tests.Configuration;

/// <summary>Remembers how loads ended.</summary>
internal sealed class RecordingObserver : IReloadObserver
{
    public List<ProxySnapshot> Applications { get; } = [];

    public List<IReadOnlyList<Problem>> Rejections { get; } = [];

    void IReloadObserver.Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) => Applications.Add(snapshot);

    void IReloadObserver.Rejected(IReadOnlyList<Problem> errors) => Rejections.Add(errors);
}
