using Proxy.Configuration;

namespace Proxy.Listening;

/// <summary>
/// Says once a day which certificates of the configuration in force have expired or soon will. A load says so too, but a proxy may run
/// for months without one, and the certificate that nobody renews is just the one whose file never changes.
/// </summary>
internal sealed partial class CertificateWatch(SnapshotSource source, TimeProvider time, ILogger<CertificateWatch> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(static watch => ((CertificateWatch)watch!).Look(), this, Pause, Pause);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        foreach (var certificate in source.Current.CertificateDates)
        {
            if (certificate.Warning(time.GetUtcNow()) is { } warning)
            {
                Log.Warning(logger, certificate.Source, certificate.Path, warning);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(205, LogLevel.Warning, "{Source}: {Path}: {Problem}")]
        public static partial void Warning(ILogger logger, string source, string path, string problem);
    }
}
