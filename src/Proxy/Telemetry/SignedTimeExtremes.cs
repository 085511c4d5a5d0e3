namespace Proxy.Telemetry;

/// <summary>The oldest and the furthest ahead of the signed times since somebody last asked.</summary>
internal sealed class SignedTimeExtremes
{
    private const long None = -1;

    private long _age = None;
    private long _ahead = None;

    /// <summary>How old the oldest was; null when none was in the past.</summary>
    public TimeSpan? Age => ToTime(Volatile.Read(in _age));

    /// <summary>How far ahead of our clock the furthest was; null when none was in the future.</summary>
    public TimeSpan? Ahead => ToTime(Volatile.Read(in _ahead));

    /// <summary>An authentic request was signed <paramref name="age"/> ago, or ahead of our clock when negative.</summary>
    public void Add(TimeSpan age)
    {
        if (age >= TimeSpan.Zero)
        {
            Raise(ref _age, age.Ticks);
        }
        else
        {
            Raise(ref _ahead, -age.Ticks);
        }
    }

    /// <summary>Starts over.</summary>
    public void Clear()
    {
        Volatile.Write(ref _age, None);
        Volatile.Write(ref _ahead, None);
    }

    private static TimeSpan? ToTime(long ticks) => ticks == None ? null : TimeSpan.FromTicks(ticks);

    private static void Raise(ref long extreme, long ticks)
    {
        var seen = Volatile.Read(in extreme);
        while (ticks > seen)
        {
            var before = Interlocked.CompareExchange(ref extreme, ticks, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
