using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

/// <summary>
/// The rules of a replay store over a plain dictionary. A store may drop a key once it has expired, and need not: when the
/// clock then goes back, both to know it and not to know it are right, and the model names every right answer.
/// </summary>
internal sealed class ReplayModel
{
    private readonly Dictionary<ReplayKey, Entry> _entries = [];

    public IEnumerable<ReplayAnswer> Claim(ReplayClaim claim, DateTimeOffset now)
    {
        foreach (var entry in _entries.Values.Where(entry => entry.Expires <= now))
        {
            entry.MayBeDropped = true;
        }

        var known = Keys(claim).Select(key => _entries.GetValueOrDefault(key)).OfType<Entry>().ToArray();
        var certain = known.Where(entry => !entry.MayBeDropped).ToArray();
        return from entries in new[] { certain, known, [.. known.Take(1)], [.. known.Skip(1)] }
               where certain.All(entries.Contains)
               select Answer(entries, claim, now);
    }

    /// <summary>Takes over the answer that the store chose.</summary>
    public void Learn(ReplayClaim claim, ReplayState answer)
    {
        if (answer == ReplayState.New)
        {
            foreach (var key in Keys(claim))
            {
                var expires = ExpiryOf(claim, key);
                _entries[key] = new Entry { Claim = claim, Expires = Later(expires, claim.LeaseExpires) };
            }
        }
    }

    public IEnumerable<bool> Commit(ReplayClaim claim)
    {
        var answers = Held(claim);
        foreach (var (key, entry) in Own(claim))
        {
            entry.IsCommitted = true;
            entry.Expires = ExpiryOf(claim, key);
        }

        return answers;
    }

    public IEnumerable<bool> Release(ReplayClaim claim)
    {
        var answers = Held(claim);
        foreach (var (key, _) in Own(claim))
        {
            _ = _entries.Remove(key);
        }

        return answers;
    }

    private static ReplayAnswer Answer(Entry[] entries, ReplayClaim claim, DateTimeOffset now)
    {
        if (entries.Any(entry => !entry.IsCommitted && entry.Claim.Owner != claim.Owner && entry.Claim.LeaseExpires > now))
        {
            return new ReplayAnswer(ReplayState.InFlight);
        }

        return entries.FirstOrDefault(entry => entry.IsCommitted && entry.Expires > now) is { } committed
            ? new ReplayAnswer(ReplayState.Committed, committed.Claim.Fingerprint)
            : new ReplayAnswer(ReplayState.New);
    }

    /// <summary>Whether all keys of a claim are still its own, as far as that is certain.</summary>
    private bool[] Held(ReplayClaim claim)
    {
        var own = Own(claim);
        return own.Length < Keys(claim).Length ? [false]
            : own.Any(pair => pair.Entry.MayBeDropped) ? [true, false]
            : [true];
    }

    private (ReplayKey Key, Entry Entry)[] Own(ReplayClaim claim) =>
    [
        .. from key in Keys(claim)
           let entry = _entries.GetValueOrDefault(key)
           where entry is { IsCommitted: false } && entry.Claim.Owner == claim.Owner
           select (key, entry),
    ];

    private static ReplayKey[] Keys(ReplayClaim claim) =>
        claim.Delivery is { } delivery ? [claim.Content, delivery] : [claim.Content];

    /// <summary>Keys expire by the second.</summary>
    private static DateTimeOffset ExpiryOf(ReplayClaim claim, ReplayKey key)
    {
        var expires = key == claim.Content ? claim.ContentExpires : claim.DeliveryExpires;
        return DateTimeOffset.FromUnixTimeMilliseconds((expires.ToUnixTimeMilliseconds() + 999) / 1000 * 1000);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Entry
    {
        public required ReplayClaim Claim { get; init; }

        public required DateTimeOffset Expires { get; set; }

        public bool IsCommitted { get; set; }

        public bool MayBeDropped { get; set; }
    }
}
