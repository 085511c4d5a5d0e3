using System.Globalization;
using System.Net.Sockets;
using Proxy.Configuration;
using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Systemd;

/// <summary>Tells the service manager when the proxy is ready, reads its configuration anew, stops, and that it lives.</summary>
/// <param name="socket">Where the service manager listens.</param>
/// <param name="watchdog">How often it wants to hear that the process lives; null for never.</param>
/// <param name="lifetime">When the proxy is ready, and when it stops.</param>
/// <param name="time">Paces the signs of life.</param>
/// <param name="logger">Hears of messages that nobody took.</param>
internal sealed partial class ServiceNotifier(
    NotifySocket socket, TimeSpan? watchdog, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ServiceNotifier> logger)
    : IHostedService, IReloadObserver, IDisposable
{
    private readonly Lock _gate = new();
    private string _status = "";
    private State _state;
    private ITimer? _signOfLife;

    private enum State
    {
        Starting = 0,
        Running,
        Stopping,
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Enter(State.Running, $"READY=1\n{_status}"));
        lifetime.ApplicationStopping.Register(() => Enter(State.Stopping, "STOPPING=1\nSTATUS=Requests in flight are finished.\n"));
        if (watchdog is { } interval)
        {
            // Half of it, as sd_watchdog_enabled(3) advises.
            _signOfLife = time.CreateTimer(_ => Send("WATCHDOG=1\n"), state: null, interval / 2, interval / 2);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void IReloadObserver.Reading() => SendWhileRunning(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={(long)time.GetElapsedTime(0).TotalMicroseconds}\n"));

    void IReloadObserver.Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) =>
        Ready($"STATUS=Configuration applied: {snapshot.Routes.Count} routes, {snapshot.Policies.Count} policies.\n");

    void IReloadObserver.Rejected(IReadOnlyList<Problem> errors) =>
        Ready($"STATUS=Configuration rejected with {errors.Count} errors; the last good one stays in force.\n");

    public void Dispose()
    {
        _signOfLife?.Dispose();
        socket.Dispose();
    }

    private void Enter(State state, string message)
    {
        lock (_gate)
        {
            if (state > _state)
            {
                _state = state;
                Send(message);
            }
        }
    }

    private void Ready(string status)
    {
        Volatile.Write(ref _status, status);
        SendWhileRunning($"READY=1\n{status}");
    }

    /// <summary>Before the start is done, it would be ready too early; once it stops, it is ready no more.</summary>
    private void SendWhileRunning(string message)
    {
        lock (_gate)
        {
            if (_state == State.Running)
            {
                Send(message);
            }
        }
    }

    private void Send(string message)
    {
        try
        {
            socket.Send(message);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A service manager that does not listen is no reason to serve nobody.
            Log.NotHeard(logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "The service manager could not be told: {Problem}")]
        public static partial void NotHeard(ILogger logger, string problem);
    }
}
