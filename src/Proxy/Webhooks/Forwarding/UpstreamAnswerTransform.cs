using Proxy.Webhooks.Replays;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Stands between the upstream's headers and the first byte to the provider: a 2xx commits the claim here, so that what the
/// provider believes delivered is remembered as processed; then the provider gets the answer that it insists on.
/// </summary>
internal sealed class UpstreamAnswerTransform(ReplayCheckpoint replays) : ResponseTransform
{
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.HttpContext.Features.Get<WebhookExchange>() is not { } exchange)
        {
            CountUnverified(context);
            return;
        }

        // Without an answer the claim is kept: another destination may be tried yet.
        if (context.ProxyResponse is not { } answer)
        {
            return;
        }

        exchange.Route.Metrics.UpstreamResponded((int)answer.StatusCode);
        if (!answer.IsSuccessStatusCode)
        {
            // Before the answer goes out: whoever reads it may retry at once.
            await ReplayCheckpoint.ReleaseAsync(exchange);
            return;
        }

        await replays.CommitAsync(exchange);
        if (exchange.IsVerified && exchange.Route.Policy.Reply is { } reply)
        {
            context.SuppressResponseBody = true;
            await ProviderReplyWriter.WriteAsync(context.HttpContext, answer, reply, context.CancellationToken);
        }
    }

    /// <summary>A route whose policy is None tries once: no answer is a failure, unless nobody waited for it.</summary>
    private static void CountUnverified(ResponseTransformContext context)
    {
        var metrics = WebhookRouteMetadata.RouteOf(context.HttpContext).Metrics;
        if (context.ProxyResponse is { } answer)
        {
            metrics.UpstreamResponded((int)answer.StatusCode);
        }
        else if (context.HttpContext.Features.Get<IForwarderErrorFeature>() is not { } error || !UpstreamFailure.IsTheClients(error.Error))
        {
            metrics.UpstreamFailed();
        }
    }
}
