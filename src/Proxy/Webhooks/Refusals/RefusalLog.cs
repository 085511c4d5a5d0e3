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
    /// <summary>Lines of one route and reason in each <see cref="Period"/>.</summary>
    public const int LinesPerPeriod = 10;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Route, Reason Reason), Allowance> _allowances = new();

    public void Write(HttpContext context, WebhookRoute route, Reason reason, int status, string traceId)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var allowance = _allowances.GetOrAdd((route.Id, reason), static _ => new Allowance());
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

    private sealed class Allowance
    {
        private readonly Lock _gate = new();
        private long? _periodStarted;
        private int _taken;
        private long _suppressed;

        public bool TryTake(TimeProvider clock, out long suppressedBefore)
        {
            lock (_gate)
            {
                suppressedBefore = 0;
                if (_periodStarted is not { } started || clock.GetElapsedTime(started) >= Period)
                {
                    suppressedBefore = _suppressed;
                    (_periodStarted, _taken, _suppressed) = (clock.GetTimestamp(), 0, 0);
                }

                if (_taken == LinesPerPeriod)
                {
                    _suppressed++;
                    return false;
                }

                _taken++;
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refused a request on route {Route}: {Reason}, answered {Status}; from {Source}, trace {TraceId}")]
        public static partial void Refused(ILogger logger, string route, string reason, int status, IPAddress? source, string traceId);

        [LoggerMessage(2, LogLevel.Information, "Left out {Count} lines like the next one, on route {Route}: {Reason}")]
        public static partial void Suppressed(ILogger logger, long count, string route, string reason);
    }
}
