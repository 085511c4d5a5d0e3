using System.Collections.Concurrent;
using Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>One line for a verified request that the upstream did not answer, or not to the end, thinned out for each route. YARP's own lines are muted: clients cause them too.</summary>
internal sealed partial class UpstreamLog(ILogger<UpstreamLog> logger, WebhookMetrics metrics, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LineAllowance> _allowances = new(StringComparer.Ordinal);

    public void Failed(string route, IForwarderErrorFeature error, int status)
    {
        if (!_allowances.GetOrAdd(route, static _ => new LineAllowance()).TryTake(clock, out var suppressed))
        {
            metrics.LogSuppressed();
            return;
        }

        Log.Failed(logger, route, error.Error, status, Detail(error.Exception), suppressed);
    }

    /// <summary>For whoever looks closely: in the metrics it is a number.</summary>
    public void TriedInVain(string route, string? destination, Exception? exception) => Log.TriedInVain(logger, route, destination, Detail(exception));

    /// <summary>What went wrong with TLS stands in an inner exception alone, and the outer one says no more than that.</summary>
    private static string? Detail(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: not null }
            ? $"{exception.Message} {exception.GetBaseException().Message}"
            : exception?.Message;

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Warning, "The upstream of route {Route} gave no whole answer ({Error}), answered {Status}: {Detail} ({Suppressed} lines like this left out before)")]
        public static partial void Failed(ILogger logger, string route, ForwarderError error, int status, string? detail, long suppressed);

        [LoggerMessage(321, LogLevel.Debug, "The upstream of route {Route} could not be connected to at destination {Destination}, and is tried again: {Detail}")]
        public static partial void TriedInVain(ILogger logger, string route, string? destination, string? detail);
    }
}
