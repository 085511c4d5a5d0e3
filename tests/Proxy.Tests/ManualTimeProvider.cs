namespace Proxy.Tests;

/// <summary>A clock that stands still until a test moves it. Timers that fall due run inside <see cref="Advance"/>, in order.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _elapsed;
    private TimeSpan _shift;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers are set.</summary>
    public int Timers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return start + TimeSpan.FromTicks(_elapsed) + _shift;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass: the wall clock and the monotonic one move together.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetTimestamp() + by.Ticks;
        while (NextDue(until) is { } timer)
        {
            timer.Run();
        }

        Interlocked.Exchange(ref _elapsed, until);
    }

    /// <summary>Sets the wall clock forward or back, as an operator or NTP does; no timer notices.</summary>
    public void ShiftWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _shift += by;
        }
    }

    private Timer? NextDue(long until)
    {
        lock (_gate)
        {
            var next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > until)
            {
                return null;
            }

            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, next.Due));
            next.Rearm();
            return next;
        }
    }

    private sealed class Timer(ManualTimeProvider clock, Action run) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; }

        public void Run() => run();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._elapsed + dueTime.Ticks;
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        /// <summary>A period of zero or infinity means once, as for the timers of the framework.</summary>
        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period.Ticks;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
