namespace WebhookVerification.Replay;

/// <summary>
/// Entries by expiry, in slots of one second that are reused turn by turn. Adding and removing cost the same however many
/// entries there are; within a slot the oldest comes first. What expires more than a turn ahead waits in the last slot in
/// reach, and what has expired when it is added in the first.
/// </summary>
internal sealed class ExpiryWheel<TValue>(EntryPool<TValue> entries)
    where TValue : struct
{
    /// <summary>Four and a half hours: longer than any usual window, and small enough for an idle process.</summary>
    private const int Slots = 1 << 14;

    private readonly int[] _oldest = new int[Slots];
    private readonly int[] _newest = new int[Slots];

    /// <summary>Every entry stands at a second from this one on, less than a turn ahead.</summary>
    private long _base;

    /// <summary>No entry stands before this second, which is the base or later.</summary>
    private long _first;

    public void Add(int index, long now)
    {
        // The base follows the clock as far as no entry is left behind, and never back.
        _base = entries.Count == 1 ? now : Math.Clamp(now, _base, _first);
        var second = Math.Clamp(entries[index].Expires, _base, _base + Slots - 1);
        _first = entries.Count == 1 ? second : Math.Min(_first, second);

        var slot = (int)(second % Slots);
        ref var entry = ref entries[index];
        entry.PreviousInSlot = _newest[slot] == 0 ? ~slot : _newest[slot];
        entry.NextInSlot = ~slot;
        SetNext(entry.PreviousInSlot, index);
        _newest[slot] = index;
    }

    public void Remove(int index)
    {
        ref var entry = ref entries[index];
        SetNext(entry.PreviousInSlot, entry.NextInSlot);
        SetPrevious(entry.NextInSlot, entry.PreviousInSlot);
    }

    /// <summary>The entry at the earliest second, and that second; 0 when there is none.</summary>
    public int Soonest(out long second)
    {
        second = _first;
        if (entries.Count == 0)
        {
            return 0;
        }

        var start = (int)(_first % Slots);
        var ahead = _oldest.AsSpan(start).IndexOfAnyExcept(0);
        if (ahead < 0)
        {
            ahead = Slots - start + _oldest.AsSpan(0, start).IndexOfAnyExcept(0);
        }

        second = _first += ahead;
        return _oldest[second % Slots];
    }

    /// <summary>A link is an index, or the complement of a slot at either end of its list; an empty slot has 0 in both ends.</summary>
    private void SetNext(int link, int next)
    {
        if (link < 0)
        {
            _oldest[~link] = Math.Max(next, 0);
        }
        else
        {
            entries[link].NextInSlot = next;
        }
    }

    private void SetPrevious(int link, int previous)
    {
        if (link < 0)
        {
            _newest[~link] = Math.Max(previous, 0);
        }
        else
        {
            entries[link].PreviousInSlot = previous;
        }
    }
}
