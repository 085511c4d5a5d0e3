namespace WebhookVerification.Replay;

/// <summary>Keeps claims in this process. Forgets everything when the process ends.</summary>
public sealed class MemoryReplayStore(int capacity) : IReplayStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ReplayKey, Entry> _entries = [];

    /// <summary>Claims given up before they expired, for want of room.</summary>
    public long Evictions { get; private set; }

    /// <inheritdoc/>
    public ValueTask<ReplayAnswer> ClaimAsync(ReplayClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(claim.Content, now) is { } content)
            {
                return new(content);
            }

            if (claim.Delivery is { } key && Find(key, now) is { } delivery)
            {
                return new(delivery);
            }

            Set(claim, committed: false);
            return new(new ReplayAnswer(ReplayState.New));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CommitAsync(ReplayClaim claim, DateTimeOffset now)
    {
        lock (_gate)
        {
            var held = Holds(claim);
            if (held)
            {
                Set(claim, committed: true);
            }

            return new(held);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(ReplayClaim claim)
    {
        lock (_gate)
        {
            var held = Holds(claim);
            if (held)
            {
                _entries.Remove(claim.Content);
                if (claim.Delivery is { } delivery)
                {
                    _entries.Remove(delivery);
                }
            }

            return new(held);
        }
    }

    private bool Holds(in ReplayClaim claim) =>
        _entries.TryGetValue(claim.Content, out var entry) && entry.Owner == claim.Owner && !entry.Committed;

    private ReplayAnswer? Find(in ReplayKey key, DateTimeOffset now) =>
        !_entries.TryGetValue(key, out var entry) || entry.Expires <= now ? null
        : new ReplayAnswer(entry.Committed ? ReplayState.Committed : ReplayState.InFlight, entry.Fingerprint);

    private void Set(in ReplayClaim claim, bool committed)
    {
        if (_entries.Count >= capacity)
        {
            _entries.Remove(_entries.MinBy(static pair => pair.Value.Expires).Key);
            Evictions++;
        }

        _entries[claim.Content] = new(claim.Owner, claim.Fingerprint, committed ? claim.ContentExpires : claim.LeaseExpires, committed);
        if (claim.Delivery is { } delivery)
        {
            _entries[delivery] = new(claim.Owner, claim.Fingerprint, committed ? claim.DeliveryExpires : claim.LeaseExpires, committed);
        }
    }

    private readonly record struct Entry(long Owner, RequestFingerprint Fingerprint, DateTimeOffset Expires, bool Committed);
}
