using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Tries again when an upstream could not be connected to, and only then: nothing was sent, so nothing can be processed twice.
/// Goes to the destinations that were not tried first, through all of YARP's own choice: affinity, load balancing and passive
/// health checks see every try.
/// </summary>
internal sealed class ConnectRetry(TimeProvider clock)
{
    private const int ShortestPauseMilliseconds = 50;
    private const int LongestPauseMilliseconds = 250;

    /// <summary>Forwards until it is answered, fails for good, or the policy's retries or its time are used up.</summary>
    public async Task ForwardAsync(WebhookExchange exchange, RequestDelegate forward)
    {
        var (context, route) = (exchange.Context, exchange.Route);
        var proxy = context.GetReverseProxyFeature();
        var all = proxy.AvailableDestinations;
        var untried = all;
        for (var retries = route.Policy.Retries; ; retries--)
        {
            await forward(context);
            if (retries == 0 || !IsUnsent(context))
            {
                return;
            }

            untried = Without(untried, proxy.ProxiedDestination);
            if (untried.Count == 0)
            {
                untried = all;
                if (!await PauseAsync(context.RequestAborted))
                {
                    return;
                }
            }

            route.Metrics.UpstreamRetried();
            StartOver(exchange);
            proxy.AvailableDestinations = untried;
        }
    }

    private static bool IsUnsent(HttpContext context) =>
        !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && context.Features.Get<IForwarderErrorFeature>()?.Exception is { } exception
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

    private static IReadOnlyList<DestinationState> Without(IReadOnlyList<DestinationState> destinations, DestinationState? failed) =>
        [.. destinations.Where(destination => destination != failed)];

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

    private static void StartOver(WebhookExchange exchange)
    {
        exchange.Context.Features.Set<IForwarderErrorFeature>(null);
        exchange.Context.Response.Clear();
        exchange.Body.Rewind();
    }
}
