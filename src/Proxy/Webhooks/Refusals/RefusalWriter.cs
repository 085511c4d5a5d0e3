using Proxy.Webhooks.Capturing;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Webhooks.Refusals;

/// <summary>Ends requests that are not forwarded: counts, logs, answers. The one place that turns reasons into responses.</summary>
internal sealed class RefusalWriter(RefusalLog log, RecentRefusals recent, RequestCapture capture)
{
    /// <summary>A body up to this size is drained, so that the connection can be used again; a larger one costs more than a new connection.</summary>
    private const long MaxDrainedBytes = 64 * 1024;

    private const string RetryAfterSeconds = "1";

    /// <param name="context">The request.</param>
    /// <param name="route">Where it would have gone.</param>
    /// <param name="reason">Why it does not.</param>
    /// <param name="bodyIsRead">Whether nothing of the body is left on the wire.</param>
    /// <param name="demanded">The status that the provider's documents demand for just this case; null for the reason's own.</param>
    public Task RefuseAsync(HttpContext context, WebhookRoute route, Reason reason, bool bodyIsRead, int? demanded = null)
    {
        var status = demanded ?? RefusalStatus.Of(reason, route.Policy.RejectStatus);
        var traceId = Record(context, route, reason, status);
        capture.Refused(context, route, bodyIsRead, traceId);
        if (reason == Reason.ClientDisconnected)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (RefusalStatus.SuggestsRetry(reason))
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        if (!bodyIsRead && LeavesMuchUnread(context.Request, reason))
        {
            context.Response.Headers.Connection = "close";
        }

        return Problem.WriteAsync(context, status, traceId);
    }

    /// <summary>Tells a provider that its delivery was processed before: success, in the words it insists on.</summary>
    public Task AcknowledgeAsync(HttpContext context, WebhookRoute route)
    {
        _ = Record(context, route, Reason.Duplicate, StatusCodes.Status200OK);
        if (route.Policy.Reply is { } reply)
        {
            return ProviderReplyWriter.WriteAsync(context, reply);
        }

        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>In metrics, span, log and status page. Returns the trace id.</summary>
    private string Record(HttpContext context, WebhookRoute route, Reason reason, int status)
    {
        var traceId = TraceId.Of(context);
        route.Ended(RefusalStatus.OutcomeOf(reason), reason);
        log.Write(context, route, reason, status, traceId);
        recent.Add(route.Id, reason, status, context.Connection.RemoteIpAddress, traceId);
        return traceId;
    }

    /// <summary>HTTP/2 ends a stream without its connection.</summary>
    private static bool LeavesMuchUnread(HttpRequest request, Reason reason) =>
        !HttpProtocol.IsHttp2(request.Protocol)
        && (request.Headers.TransferEncoding.Count > 0 || request.ContentLength > MaxDrainedBytes
            || reason is Reason.BodyTimeout or Reason.BodyTooLarge or Reason.BodyIncomplete);
}
