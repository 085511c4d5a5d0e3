using System.Diagnostics;

namespace Proxy.Webhooks.Refusals;

/// <summary>The id that ties an answer to its log line and trace.</summary>
internal static class TraceId
{
    /// <summary>The current trace's id, else the caller's (W3C traceparent), else a random one: 32 lower-case hex digits, never zero.</summary>
    public static string Of(HttpContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return activity.TraceId.ToHexString();
        }

        return ActivityContext.TryParse(context.Request.Headers.TraceParent, traceState: null, out var parent)
            ? parent.TraceId.ToHexString()
            : ActivityTraceId.CreateRandom().ToHexString();
    }
}
