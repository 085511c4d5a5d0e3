namespace WebhookVerification.Replay;

/// <summary>
/// Remembers claims in this process, at 68 bytes a key, and forgets them when it ends. Grows with use up to its capacity;
/// when that is reached, the committed key that expires first makes room, or, while nothing is committed, the claimed one.
/// Expired keys are dropped in passing, a few with each claim. Keys expire by the second, never early.
/// </summary>
public sealed class MemoryReplayStore : IReplayStore
{
    /// <summary>The smallest capacity: the keys of one claim.</summary>
    public const int MinCapacity = 2;

    /// <summary>More than a claim adds, so that expired keys become fewer; a small number, so that no claim waits for it.</summary>
    private const int DropsPerClaim = 4;

    // One lock, not one per part of the keys: a claim takes two keys at once, and what the lock guards takes well under
    // a microsecond.
    private readonly Lock _gate = new();
    private readonly ExpiringTable<Lease> _claimed = new();
    private readonly ExpiringTable<RequestFingerprint> _committed = new();
    private readonly int _capacity;
    private long _evictions;

    /// <summary>Makes an empty store.</summary>
    /// <param name="capacity">The most keys that it holds, at least <see cref="MinCapacity"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is smaller.</exception>
    public MemoryReplayStore(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        _capacity = capacity;
    }

    /// <summary>Keys that were forgotten before they expired, because the store was full.</summary>
    public long Evictions => Interlocked.Read(ref _evictions);

    /// <summary>Keys held now, expired ones that nothing has dropped yet among them.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _claimed.Count + _committed.Count;
            }
        }
    }

    /// <summary>Keys that are claimed, and neither committed nor released.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _claimed.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReplayAnswer> ClaimAsync(ReplayClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Claim(claim, now));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CommitAsync(ReplayClaim claim, DateTimeOffset now)
    {
        lock (_gate)
        {
            var second = now.ToUnixTimeSeconds();
            var kept = Commit(claim, claim.Content, claim.ContentExpires, second);
            return ValueTask.FromResult(claim.Delivery is { } delivery
                ? Commit(claim, delivery, claim.DeliveryExpires, second) && kept
                : kept);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(ReplayClaim claim)
    {
        lock (_gate)
        {
            var kept = Release(claim, claim.Content);
            return ValueTask.FromResult(claim.Delivery is { } delivery ? Release(claim, delivery) && kept : kept);
        }
    }

    private ReplayAnswer Claim(in ReplayClaim claim, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        _claimed.DropExpired(second, DropsPerClaim);
        _committed.DropExpired(second, DropsPerClaim);

        if (IsInFlight(claim, claim.Content, now) || (claim.Delivery is { } id && IsInFlight(claim, id, now)))
        {
            return new ReplayAnswer(ReplayState.InFlight);
        }

        if (_committed.TryGet(claim.Content, second, out var fingerprint)
            || (claim.Delivery is { } delivery && _committed.TryGet(delivery, second, out fingerprint)))
        {
            return new ReplayAnswer(ReplayState.Committed, fingerprint);
        }

        Hold(claim, second);
        return new ReplayAnswer(ReplayState.New);
    }

    private bool IsInFlight(in ReplayClaim claim, in ReplayKey key, DateTimeOffset now) =>
        _claimed.TryGet(key, out var lease) && lease.KeepsOut(claim.Owner, now);

    /// <summary>Claims keys that are free, which may mean that they are known but have expired, or that their lease is over.</summary>
    private void Hold(in ReplayClaim claim, long now)
    {
        Forget(claim.Content);
        if (claim.Delivery is not { } delivery)
        {
            MakeRoom(1, now);
            Hold(claim, claim.Content, claim.ContentExpires, now);
            return;
        }

        Forget(delivery);
        MakeRoom(2, now);
        Hold(claim, claim.Content, claim.ContentExpires, now);
        Hold(claim, delivery, claim.DeliveryExpires, now);
    }

    private void Hold(in ReplayClaim claim, in ReplayKey key, DateTimeOffset expires, long now)
    {
        // Kept for the lease at least: its owner is still at work, and will want to commit.
        var end = expires > claim.LeaseExpires ? expires : claim.LeaseExpires;
        _claimed.Add(key, new Lease(claim.Owner, claim.LeaseExpires.UtcTicks), SecondOf(end), now);
    }

    private void Forget(in ReplayKey key)
    {
        _ = _claimed.Remove(key);
        _ = _committed.Remove(key);
    }

    private void MakeRoom(int keys, long now)
    {
        while (_claimed.Count + _committed.Count + keys > _capacity)
        {
            if (_committed.Count > 0 ? _committed.RemoveSoonest(now) : _claimed.RemoveSoonest(now))
            {
                _evictions++;
            }
        }
    }

    private bool Commit(in ReplayClaim claim, in ReplayKey key, DateTimeOffset expires, long now)
    {
        if (!Release(claim, key))
        {
            return false;
        }

        _committed.Add(key, claim.Fingerprint, SecondOf(expires), now);
        return true;
    }

    private bool Release(in ReplayClaim claim, in ReplayKey key) =>
        _claimed.TryGet(key, out var lease) && lease.Owner == claim.Owner && _claimed.Remove(key);

    /// <summary>The first whole second that is not before the time, so that nothing is forgotten early.</summary>
    private static long SecondOf(DateTimeOffset time) =>
        time.ToUnixTimeSeconds() + (time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? 0 : 1);
}
