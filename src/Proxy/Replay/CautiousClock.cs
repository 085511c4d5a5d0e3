namespace Proxy.Replay;

/// <summary>
/// The time by which claims are forgotten. The machine's clock may be set while the proxy runs, and what it says for a while must
/// not make the proxy forget what can be replayed once it is right again. So this clock goes back when the machine's does, and
/// forward only as fast as time passes, until the machine's has been ahead of it for <see cref="Patience"/>. A claim with a life
/// of at most that is then kept until both have come to pass: its life is over by the machine's clock, and has really gone by.
/// Safe for concurrent use.
/// </summary>
internal sealed class CautiousClock : IDisposable
{
    /// <summary>As long as an hour's window, the longest default that a claim is kept for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>What nobody asked for, nobody has seen: in a quiet hour the clock looks by itself.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ITimer _looks;
    private readonly Lock _gate = new();
    private readonly long _started;

    // Origins: what the machine's clock would have said at the start, in ticks, if it had never been set since. Of those seen, the
    // earliest of this period and of the one before: it is kept for one to two periods, at the price of two numbers.
    private long _earliest;
    private long _earliestBefore = long.MaxValue;
    private TimeSpan _periodBegan;

    public CautiousClock(TimeProvider clock)
    {
        (_clock, _started) = (clock, clock.GetTimestamp());
        _earliest = clock.GetUtcNow().UtcTicks;
        _looks = clock.CreateTimer(static state => ((CautiousClock)state!).GetUtcNow(), this, Look, Look);
    }

    /// <summary>Now, or earlier.</summary>
    public DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            // In this order: a thread that is held up in between takes the machine's clock for ahead, which counts for nothing.
            var passed = _clock.GetElapsedTime(_started);
            See(_clock.GetUtcNow().UtcTicks - passed.Ticks, passed);
            return new DateTimeOffset(Math.Min(_earliest, _earliestBefore) + passed.Ticks, TimeSpan.Zero);
        }
    }

    public void Dispose() => _looks.Dispose();

    private void See(long origin, TimeSpan passed)
    {
        var period = passed - _periodBegan;
        if (period < Patience)
        {
            _earliest = Math.Min(_earliest, origin);
            return;
        }

        // After a silence of two periods (a process that was stopped), even the last that was seen is old enough to be let go.
        _earliestBefore = period < 2 * Patience ? _earliest : long.MaxValue;
        (_earliest, _periodBegan) = (origin, passed);
    }
}
