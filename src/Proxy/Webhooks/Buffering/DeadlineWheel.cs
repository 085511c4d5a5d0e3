namespace Proxy.Webhooks.Buffering;

/// <summary>
/// Bodies by deadline, in slots of one tick each that are reused turn by turn. Adding and removing cost the same however
/// many bodies wait and however their timeouts differ, so slow connections in bulk buy an attacker nothing here.
/// Guarded by the budget's lock.
/// </summary>
internal sealed class DeadlineWheel
{
    /// <summary>How late a body may be found to have expired.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const int Slots = 256;

    private readonly ChargeLink[] _heads = [.. Enumerable.Range(0, Slots).Select(_ => new ChargeLink())];
    private long _reached;
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Add(BodyCharge body)
    {
        body.InDeadlines.InsertBefore(Head(Math.Max(body.Deadline.Ticks / Tick.Ticks, _reached)));
        _count++;
    }

    public void Remove(BodyCharge body)
    {
        if (body.InDeadlines.IsLinked)
        {
            body.InDeadlines.Remove();
            _count--;
        }
    }

    /// <summary>Lists, without removing, the bodies whose deadline has come.</summary>
    public void FindDue(TimeSpan now, List<BodyCharge> due)
    {
        var current = now.Ticks / Tick.Ticks;
        for (var tick = Math.Max(_reached, current - Slots + 1); tick <= current; tick++)
        {
            for (var link = Head(tick).Next; link.Charge is { } body; link = link.Next)
            {
                // The others of the slot are for later in this tick, or for a later turn.
                if (body.Deadline <= now)
                {
                    due.Add(body);
                }
            }
        }

        _reached = Math.Max(_reached, current);
    }

    private ChargeLink Head(long tick) => _heads[tick % Slots];
}
