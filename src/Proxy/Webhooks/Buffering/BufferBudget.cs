using System.Collections.Concurrent;

namespace Proxy.Webhooks.Buffering;

/// <summary>
/// The ledger of request bytes held in memory. Bytes are charged as they arrive. At a bound the slowest unfinished body goes
/// first: of the route, where the route's share is used up, else of all. A body that is complete with its first reads costs
/// a few atomic adds and is in no list; the lock serves those that wait for the network, and those that meet a bound.
/// </summary>
internal sealed class BufferBudget : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, RouteBudget> _routes = new(StringComparer.OrdinalIgnoreCase);
    private readonly BufferLedger _ledger;
    private readonly WaitingBodies _waiting = new();
    private readonly TimeProvider _clock;
    private readonly long _epoch;
    private readonly ITimer _sweeper;
    private bool _sweeping;

    /// <param name="limit">Bytes of all bodies together.</param>
    /// <param name="share">What one route may hold of them, above 0 and at most 1.</param>
    /// <param name="clock">Bounds the time of bodies that wait.</param>
    public BufferBudget(long limit, double share, TimeProvider clock)
    {
        _ledger = new BufferLedger(new BufferLimits(limit, share));
        _clock = clock;
        _epoch = clock.GetTimestamp();
        _sweeper = clock.CreateTimer(
            static budget => ((BufferBudget)budget!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Bytes of all bodies together now. Above <see cref="Limit"/> only after that was lowered.</summary>
    public long Buffered => _ledger.Buffered;

    /// <summary>The bound of all bodies together, in bytes.</summary>
    public long Limit => _ledger.Limits.Total;

    /// <summary>Changes the bounds. Bodies that hold more than the new ones allow lose it when the next body needs room, not before.</summary>
    public void SetLimits(long limit, double share) => _ledger.Limits = new BufferLimits(limit, share);

    /// <summary>The part of the ledger that belongs to a route, the same one for as long as this budget lives.</summary>
    public RouteBudget GetRoute(string routeId) => _routes.GetOrAdd(routeId, static _ => new RouteBudget());

    /// <summary>Charges bytes that have arrived. Any answer but <see cref="ChargeResult.Ok"/> charges nothing and ends the body.</summary>
    public ChargeResult TryCharge(BodyCharge charge, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (!charge.IsRegistered && _ledger.TryHold(charge, bytes, out _))
        {
            charge.Bytes += bytes;
            return ChargeResult.Ok;
        }

        return bytes == 0 ? charge.Standing : ChargeLocked(charge, bytes);
    }

    /// <summary>
    /// Announces that the body's owner is about to wait for the network: from now on the body can be evicted, and stopped when
    /// its time is over. Again for the same body does nothing.
    /// </summary>
    /// <param name="charge">The body.</param>
    /// <param name="started">When the headers were complete: a timestamp of the budget's clock.</param>
    /// <param name="timeout">From then to the last byte.</param>
    public void Register(BodyCharge charge, long started, TimeSpan timeout)
    {
        if (charge.IsRegistered)
        {
            return;
        }

        charge.Deadline = _clock.GetElapsedTime(_epoch, started) + timeout;
        lock (_gate)
        {
            _waiting.Add(charge);
            SweepWhileNeeded();
        }

        charge.IsRegistered = true;
    }

    /// <summary>Tells that the last byte has arrived: after <see cref="ChargeResult.Ok"/> the body stays charged, but nothing stops it.</summary>
    /// <param name="charge">The body.</param>
    /// <param name="surplus">Bytes that were charged for its arrival, and are given back with it.</param>
    public ChargeResult Complete(BodyCharge charge, long surplus = 0)
    {
        if (charge.IsRegistered)
        {
            lock (_gate)
            {
                if (charge.Standing != ChargeResult.Ok)
                {
                    return charge.Standing;
                }

                _waiting.Remove(charge);
            }

            charge.IsRegistered = false;
        }

        if (surplus > 0)
        {
            _ledger.GiveBack(charge, surplus);
            charge.Bytes -= surplus;
        }

        return charge.Standing;
    }

    /// <summary>Takes a body off the ledger, whatever became of it. Again for the same body does nothing.</summary>
    public void Release(BodyCharge charge)
    {
        if (!charge.IsStarted)
        {
            return;
        }

        if (charge.IsRegistered)
        {
            lock (_gate)
            {
                _waiting.Remove(charge);
            }
        }

        _ledger.GiveBack(charge);
        charge.Reset();
    }

    public void Dispose() => _sweeper.Dispose();

    private static void CancelReads(List<BodyCharge>? stopped)
    {
        if (stopped is null)
        {
            return;
        }

        foreach (var charge in stopped)
        {
            charge.CancelIfDue();
        }
    }

    private ChargeResult ChargeLocked(BodyCharge charge, long bytes)
    {
        List<BodyCharge>? evicted = null;
        bool held;
        lock (_gate)
        {
            if (charge.Standing != ChargeResult.Ok)
            {
                return charge.Standing;
            }

            held = _ledger.TryHold(charge, bytes, out _) || TryMakeRoom(charge, bytes, out evicted);
            if (held)
            {
                charge.Bytes += bytes;
                if (charge.IsRegistered)
                {
                    _waiting.Grow(charge, bytes);
                }
            }
        }

        CancelReads(evicted);
        return held ? ChargeResult.Ok : ChargeResult.Overloaded;
    }

    /// <summary>
    /// Evicts what is slower than the requester until its bytes fit. First makes sure that this will do, so that a request
    /// which is refused all the same hurts nobody. Others hold bytes without the lock meanwhile; who loses the freed room to
    /// them frees more.
    /// </summary>
    private bool TryMakeRoom(BodyCharge charge, long bytes, out List<BodyCharge>? evicted)
    {
        evicted = null;
        if (!_waiting.CanFree(_ledger.RouteExcess(charge, bytes), _ledger.TotalExcess(charge, bytes), charge))
        {
            return false;
        }

        while (!_ledger.TryHold(charge, bytes, out var routeIsFull))
        {
            if (_waiting.SlowerThan(charge, routeIsFull) is not { } slowest)
            {
                return false;
            }

            Stop(slowest, ChargeResult.Evicted);
            (evicted ??= []).Add(slowest);
        }

        return true;
    }

    private void Sweep()
    {
        List<BodyCharge> due = [];
        lock (_gate)
        {
            _waiting.FindDue(_clock.GetElapsedTime(_epoch), due);
            foreach (var charge in due)
            {
                Stop(charge, ChargeResult.TimedOut);
            }

            SweepWhileNeeded();
        }

        CancelReads(due);
    }

    /// <summary>An idle proxy does not wake for deadlines that nobody has.</summary>
    private void SweepWhileNeeded()
    {
        if (_sweeping == _waiting.IsEmpty)
        {
            _sweeping = !_sweeping;
            var period = _sweeping ? DeadlineWheel.Tick : Timeout.InfiniteTimeSpan;
            _ = _sweeper.Change(period, period);
        }
    }

    private void Stop(BodyCharge charge, ChargeResult why)
    {
        _waiting.Remove(charge);
        _ledger.GiveBack(charge);
        charge.Stop(why);
    }
}
