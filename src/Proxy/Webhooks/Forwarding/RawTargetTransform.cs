using Microsoft.AspNetCore.Http.Features;
using Proxy.Webhooks.Messages;
using Yarp.ReverseProxy.Transforms;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Forwards path and query as the bytes that came in. YARP would decode and encode them again.</summary>
internal sealed class RawTargetTransform : RequestTransform
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        // Routes without verification have no exchange; their target passed the same check.
        var target = context.HttpContext.Features.Get<WebhookExchange>()?.Target
            ?? RequestTarget.ToOriginForm(context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)!;
        // A destination's own path stays in front, without the slash that the target begins with.
        context.ProxyRequest.RequestUri = new Uri(context.DestinationPrefix.TrimEnd('/') + target, AsItIs);
        return ValueTask.CompletedTask;
    }
}
