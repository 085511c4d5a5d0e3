namespace Proxy.Webhooks.Buffering;

/// <summary>The sums, of each route and of all, and the bounds they keep. Needs no lock.</summary>
internal sealed class BufferLedger(BufferLimits limits)
{
    private volatile BufferLimits _limits = limits;
    private BoundedSum _held;

    public BufferLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    public long Buffered => _held.Value;

    /// <summary>Holds the bytes for the body, or for no one and says whose bound is met.</summary>
    public bool TryHold(BodyCharge charge, long bytes, out bool routeIsFull)
    {
        var limits = _limits;
        routeIsFull = !charge.Route.TryHold(bytes, limits.PerRoute);
        if (routeIsFull)
        {
            return false;
        }

        if (_held.TryAdd(bytes, limits.TotalFor(charge.SizeWith(bytes))))
        {
            return true;
        }

        charge.Route.GiveBack(bytes);
        return false;
    }

    /// <summary>Takes everything that a body holds off the sums.</summary>
    public void GiveBack(BodyCharge charge) => GiveBack(charge, charge.Bytes);

    /// <summary>Takes a part of what a body holds off the sums.</summary>
    public void GiveBack(BodyCharge charge, long bytes)
    {
        charge.Route.GiveBack(bytes);
        _held.Subtract(bytes);
    }

    /// <summary>By how much the bytes would go over the bound of the route; negative when they fit.</summary>
    public long RouteExcess(BodyCharge charge, long bytes) => charge.Route.Buffered + bytes - _limits.PerRoute;

    /// <summary>By how much the bytes would go over the bound of all; negative when they fit.</summary>
    public long TotalExcess(BodyCharge charge, long bytes) => Buffered + bytes - _limits.TotalFor(charge.SizeWith(bytes));
}
