using Proxy.Webhooks.Capturing;
using Proxy.Webhooks.Refusals;
using WebhookVerification.Handshakes;

namespace Proxy.Webhooks.Handshakes;

/// <summary>Answers the requests by which providers test an endpoint. The upstream never sees them, and nothing is claimed for them.</summary>
internal sealed class HandshakeResponder(RefusalWriter refusals, RequestCapture capture)
{
    /// <param name="exchange">The request.</param>
    /// <param name="handshake">A handshake, good or failed.</param>
    /// <param name="bodyIsRead">Whether nothing of the body is left on the wire.</param>
    public Task RespondAsync(WebhookExchange exchange, HandshakeResult handshake, bool bodyIsRead)
    {
        var (context, route) = (exchange.Context, exchange.Route);
        if (handshake is not { Outcome: HandshakeOutcome.Answered, Answer: { } answer })
        {
            return refusals.RefuseAsync(context, route, Reason.HandshakeFailed, bodyIsRead, handshake.Answer?.Status);
        }

        if (!bodyIsRead)
        {
            capture.Unread(context, route);
        }

        route.Ended(RequestOutcome.Handshake, Reason.None);
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        response.ContentLength = answer.Body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(answer.Body).AsTask();
    }
}
