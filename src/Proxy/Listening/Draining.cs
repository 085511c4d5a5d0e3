using Microsoft.Extensions.Options;
using Proxy.Configuration;
using Proxy.Management;
using Proxy.Webhooks;
using Proxy.Webhooks.Forwarding;
using WebhookVerification.Settings;

namespace Proxy.Listening;

/// <summary>
/// The order of a stop. From the first moment <c>/readyz</c> answers 503; the listener stays open for <c>Webhooks.DrainDelay</c>, so that load
/// balancers find out before connections are turned away; then requests in flight have <c>Webhooks.Drain</c> to end.
/// </summary>
internal sealed class Draining(SnapshotSource source, Readiness readiness, DrainLimit limit, IOptions<HostOptions> host, TimeProvider clock)
    : IHostedLifecycleService, IReloadObserver
{
    /// <summary>The host cuts off a stop that takes longer than it was told.</summary>
    public void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) =>
        host.Value.ShutdownTimeout = snapshot.Settings.DrainDelay + snapshot.Settings.Drain + DrainLimit.SettlingTime;

    public void Rejected(IReadOnlyList<Problem> errors)
    {
    }

    /// <summary>Runs before the server is told to stop.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.StartDraining();
        var settings = source.Current.Settings;
        if (settings.DrainDelay > TimeSpan.Zero)
        {
            await Task.Delay(settings.DrainDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        limit.Begin(settings.Drain);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
