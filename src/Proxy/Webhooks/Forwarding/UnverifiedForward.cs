using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Hands a request of a route whose policy is None to YARP as it streams in, and nothing is made for it on the way: what the
/// upstream answers is counted by <see cref="UpstreamAnswerTransform"/>. How long it took is not, since that is the sender's
/// time as much as the upstream's.
/// </summary>
internal static class UnverifiedForward
{
    public static Task Start(HttpContext context, WebhookRoute route, RequestDelegate forward)
    {
        route.Ended(RequestOutcome.Unverified, Reason.None);
        var call = forward(context);

        // The one failure that YARP asks no transform about, and the one that it knows at once.
        if (call.IsCompleted && context.Features.Get<IForwarderErrorFeature>() is { Error: ForwarderError.NoAvailableDestinations })
        {
            route.Metrics.UpstreamFailed();
        }

        return call;
    }
}
