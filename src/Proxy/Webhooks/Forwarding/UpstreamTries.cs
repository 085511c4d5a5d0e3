using Yarp.ReverseProxy.Model;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Where one request was already tried to be sent. Used for one request after the other.</summary>
internal sealed class UpstreamTries
{
    private IReadOnlyList<DestinationState> _all = [];
    private IReadOnlyList<DestinationState> _untried = [];

    /// <summary>Tries after the first.</summary>
    public int Retries { get; private set; }

    /// <summary>Before the first try: load balancing leaves only its choice of what is available.</summary>
    public void Begin(IReverseProxyFeature proxy)
    {
        _all = _untried = proxy.AvailableDestinations;
        Retries = 0;
    }

    /// <summary>Crosses out the destination of the last try. False when all have been tried; then all may be tried again.</summary>
    public bool CrossOut(DestinationState? failed)
    {
        _untried = [.. _untried.Where(destination => destination != failed)];
        var isAnyLeft = _untried.Count > 0;
        _untried = isAnyLeft ? _untried : _all;
        return isAnyLeft;
    }

    /// <summary>Offers the untried destinations to YARP for another try.</summary>
    public void Offer(IReverseProxyFeature proxy)
    {
        Retries++;
        proxy.AvailableDestinations = _untried;
    }
}
