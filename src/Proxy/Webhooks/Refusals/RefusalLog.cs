using System.Collections.Concurrent;
using System.Net;
using Proxy.Telemetry;

namespace Proxy.Webhooks.Refusals;

/// <summary>
/// One line for each request that was not simply forwarded, at Information: hostile input is no error of ours. Under attack the
/// lines of one route and reason are thinned out, and what was left out is counted.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger, WebhookMetrics metrics, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Route, Reason Reason), LineAllowance> _allowances = new();

    public void Write(HttpContext context, WebhookRoute route, Reason reason, int status, string traceId)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var allowance = _allowances.GetOrAdd((route.Id, reason), static _ => new LineAllowance());
        if (!allowance.TryTake(clock, out var suppressed))
        {
            metrics.LogSuppressed();
            return;
        }

        if (suppressed > 0)
        {
            Log.Suppressed(logger, suppressed, route.Id, MetricLabels.Of(reason));
        }

        Log.Refused(logger, route.Id, MetricLabels.Of(reason), status, context.Connection.RemoteIpAddress, traceId);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refused a request on route {Route}: {Reason}, answered {Status}; from {Source}, trace {TraceId}")]
        public static partial void Refused(ILogger logger, string route, string reason, int status, IPAddress? source, string traceId);

        [LoggerMessage(2, LogLevel.Information, "Left out {Count} lines like the next one, on route {Route}: {Reason}")]
        public static partial void Suppressed(ILogger logger, long count, string route, string reason);
    }
}
