using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Tries again when an upstream could not be connected to, and only then: nothing was sent, so nothing can be processed twice.
/// Goes to the destinations that were not tried first, through all of YARP's own choice: affinity, load balancing and passive
/// health checks see every try.
/// </summary>
internal sealed class ConnectRetry(UpstreamLog log, TimeProvider clock)
{
    private const int ShortestPauseMilliseconds = 50;
    private const int LongestPauseMilliseconds = 250;

    /// <summary>
    /// After a try: false when the request was answered, failed for good, or the policy's retries or its time are used up. Else
    /// all is set for the next one.
    /// </summary>
    public ValueTask<bool> AgainAsync(WebhookExchange exchange) =>
        exchange.Tries.Retries < exchange.Route.Policy.Retries && IsUnsent(exchange) ? PrepareAsync(exchange) : new(false);

    private static bool IsUnsent(WebhookExchange exchange) =>
        !exchange.Context.Response.HasStarted
        && !exchange.Deadline!.Token.IsCancellationRequested
        && exchange.Context.Features.Get<IForwarderErrorFeature>()?.Exception is { } exception
        && IsConnectFailure(exception);

    /// <summary>
    /// A connection that broke later ("ResponseEnded" and the like) may have carried the request. The client's time limit for
    /// connecting shows as a cancellation with a timeout inside, unlike all others.
    /// </summary>
    private static bool IsConnectFailure(Exception exception) => exception
        is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        }
        or OperationCanceledException { InnerException: TimeoutException };

    private async ValueTask<bool> PrepareAsync(WebhookExchange exchange)
    {
        var (context, proxy) = (exchange.Context, exchange.Context.GetReverseProxyFeature());
        log.TriedInVain(exchange.Route.Id, proxy.ProxiedDestination?.DestinationId, context.Features.Get<IForwarderErrorFeature>()?.Exception);
        if (!exchange.Tries.CrossOut(proxy.ProxiedDestination) && !await PauseAsync(exchange.Deadline!.Token))
        {
            return false;
        }

        exchange.Route.Metrics.UpstreamRetried();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
        exchange.Tries.Offer(proxy);
        return true;
    }

    /// <summary>Jittered, so that all that failed together do not come back together. False when the time for the call is over.</summary>
    private async Task<bool> PauseAsync(CancellationToken callEnds)
    {
        var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(ShortestPauseMilliseconds, LongestPauseMilliseconds));
        try
        {
            await Task.Delay(pause, clock, callEnds);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
