using System.Diagnostics;

namespace Proxy.Webhooks.Refusals;

/// <summary>The id that ties an answer to its log line and trace.</summary>
internal static class TraceId
{
    private const int Length = 32;

    /// <summary>The current trace's id, else the caller's (W3C traceparent), else a random one of the request's own: 32 lower-case hex digits, never zero.</summary>
    public static string Of(HttpContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return activity.TraceId.ToHexString();
        }

        if (ActivityContext.TryParse(context.Request.Headers.TraceParent, traceState: null, out var parent))
        {
            return parent.TraceId.ToHexString();
        }

        // Once for each request. The server's own identifiers are shorter.
        if (context.TraceIdentifier is not { Length: Length })
        {
            context.TraceIdentifier = ActivityTraceId.CreateRandom().ToHexString();
        }

        return context.TraceIdentifier;
    }
}
