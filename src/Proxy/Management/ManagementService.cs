using Proxy.Management.Status;
using Proxy.Telemetry;

namespace Proxy.Management;

/// <summary>
/// Runs the management listener beside the proxy. Registered before the proxy's server, hence started before it and stopped
/// after it: while requests in flight are finished, <c>/readyz</c> says so.
/// </summary>
internal sealed class ManagementService(
    ManagementSettings settings,
    TelemetryHost telemetry,
    Readiness readiness,
    StatusEndpoints status,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggerFactory)
    : IHostedService, IAsyncDisposable
{
    private readonly ManagementHost _host = new(settings, telemetry.Prometheus, readiness, loggerFactory, status.Map);

    /// <summary>Where it listens; after the start.</summary>
    public Uri Address => _host.Address;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(readiness.MarkReady);
        return _host.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
