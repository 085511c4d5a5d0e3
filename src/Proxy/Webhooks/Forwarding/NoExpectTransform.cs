using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Forwards without Expect: an upstream that ignores it would cost a second. The request's own header stays, by which the
/// server knows to ask the client for its body.
/// </summary>
internal sealed class NoExpectTransform : RequestTransform
{
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (context.ProxyRequest.Headers.NonValidated.Contains(HeaderNames.Expect))
        {
            context.ProxyRequest.Headers.ExpectContinue = false;
            // Whatever else somebody expects: "200-ok", or nothing.
            context.ProxyRequest.Headers.Remove(HeaderNames.Expect);
        }

        return ValueTask.CompletedTask;
    }
}
