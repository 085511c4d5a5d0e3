using Proxy.Telemetry;
using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Tells the log and the metrics how loads of the configuration end. What the configuration before was warned of already is
/// not said again: whoever edits one line should see what that line did.
/// </summary>
internal sealed partial class ReloadReporter(WebhookMetrics metrics, TimeProvider time, ILogger<ReloadReporter> logger) : IReloadObserver
{
    private IReadOnlyList<Problem> _warnings = [];
    private IReadOnlyList<string> _restartNeeded = [];

    public void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes)
    {
        metrics.ConfigurationApplied(routes.Select(static route => route.Metrics), time.GetUtcNow());
        foreach (var warning in snapshot.Warnings.Except(_warnings))
        {
            Log.Warning(logger, warning.Source, warning.Path, warning.Message);
        }

        if (snapshot.RestartNeeded.Except(_restartNeeded).Any())
        {
            Log.RestartNeeded(logger, string.Join(", ", snapshot.RestartNeeded));
        }

        (_warnings, _restartNeeded) = (snapshot.Warnings, snapshot.RestartNeeded);
        Log.Applied(logger, snapshot.Routes.Count, snapshot.Policies.Count);
    }

    public void Rejected(IReadOnlyList<Problem> errors)
    {
        metrics.ReloadRejected();
        foreach (var error in errors)
        {
            Log.Error(logger, error.Source, error.Path, error.Message);
        }

        Log.Rejected(logger, errors.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Configuration applied: {Routes} routes, {Policies} policies.")]
        public static partial void Applied(ILogger logger, int routes, int policies);

        [LoggerMessage(201, LogLevel.Error, "Configuration rejected with {Errors} errors; the last good one stays in force.")]
        public static partial void Rejected(ILogger logger, int errors);

        [LoggerMessage(202, LogLevel.Error, "{Source}: {Path}: {Problem}")]
        public static partial void Error(ILogger logger, string source, string path, string problem);

        [LoggerMessage(203, LogLevel.Warning, "{Source}: {Path}: {Problem}")]
        public static partial void Warning(ILogger logger, string source, string path, string problem);

        [LoggerMessage(204, LogLevel.Warning, "Changed, but read at start only; restart the proxy to apply: {Keys}.")]
        public static partial void RestartNeeded(ILogger logger, string keys);
    }
}
