namespace Proxy.Webhooks.Buffering;

/// <summary>The registered bodies, whose owners wait for the network: in order of eviction, and by deadline. Guarded by the budget's lock.</summary>
internal sealed class WaitingBodies
{
    private readonly UnfinishedBodies _all = new();
    private readonly DeadlineWheel _deadlines = new();

    public bool IsEmpty => _deadlines.IsEmpty;

    public void Add(BodyCharge charge)
    {
        _deadlines.Add(charge);
        Grow(charge, charge.Bytes);
    }

    /// <summary>Notes bytes that the body holds in addition.</summary>
    public void Grow(BodyCharge charge, long bytes)
    {
        if (bytes > 0)
        {
            charge.Route.Unfinished.Add(charge.InRoute, bytes);
            _all.Add(charge.InBudget, bytes);
        }
    }

    public void Remove(BodyCharge charge)
    {
        _deadlines.Remove(charge);
        charge.Route.Unfinished.Remove(charge.InRoute, charge.Bytes);
        _all.Remove(charge.InBudget, charge.Bytes);
    }

    /// <summary>The body to evict next for the requester; null when there is none but itself and faster ones.</summary>
    public BodyCharge? SlowerThan(BodyCharge requester, bool ofItsRoute)
    {
        var slowest = (ofItsRoute ? requester.Route.Unfinished : _all).Slowest;
        return slowest == requester ? null : slowest;
    }

    /// <summary>Whether bodies slower than the requester hold that many bytes.</summary>
    public bool CanFree(long ofItsRoute, long ofAll, BodyCharge requester) =>
        requester.Route.Unfinished.CanFree(ofItsRoute, requester) && _all.CanFree(ofAll, requester);

    /// <summary>Lists, without removing, the bodies whose deadline has come.</summary>
    public void FindDue(TimeSpan now, List<BodyCharge> due) => _deadlines.FindDue(now, due);
}
