using Microsoft.Extensions.ObjectPool;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Ends one upstream call in time: when the call has taken too long in all, or was silent for too long, when the process shuts
/// down, or when the client goes away. A claimed webhook survives its client: its outcome decides what a retry will be told.
/// Used for one call after the other. Setting a timer for each would cost more than all its other work; the timer stays set
/// from the calls before, and looks when it rings whether it is its time.
/// </summary>
internal sealed class UpstreamDeadline : IResettable, IDisposable
{
    private const long Never = long.MaxValue;

    /// <summary>YARP's, where a cluster's ActivityTimeout says nothing.</summary>
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(100);

    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _drain;
    private CancellationTokenRegistration _client;
    private TimeSpan _total;
    private TimeSpan _silence;
    private long _end;

    // Timestamps; under the lock.
    private long _due = Never;
    private long _rings = Never;
    private bool _hasPassed;

    private volatile bool _abandoned;

    /// <param name="clock">Measures the time.</param>
    /// <param name="drained">Cancelled when the process waits for its calls no longer.</param>
    public UpstreamDeadline(TimeProvider clock, CancellationToken drained)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static state => ((UpstreamDeadline)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _drain = drained.UnsafeRegister(static state => ((UpstreamDeadline)state!)._source.Cancel(), this);
    }

    /// <summary>Cancelled when the call is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over, the call's or the process's, as opposed to nobody interested any more.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_abandoned;

    /// <param name="context">Its client ends the call, unless that is to survive.</param>
    /// <param name="total">How long the call may take.</param>
    /// <param name="surviveClient">Whether the call goes on without its client.</param>
    public void Begin(HttpContext context, TimeSpan total, bool surviveClient)
    {
        if (!surviveClient)
        {
            _client = context.RequestAborted.UnsafeRegister(static state => ((UpstreamDeadline)state!).Abandon(), this);
        }

        var now = _clock.GetTimestamp();
        _total = _silence = total;
        _end = now + TicksOf(total);
        SetDue(_end, now);
    }

    /// <summary>Bounds the time between two signs of life, the first of which is now.</summary>
    /// <param name="silence">Negative: as long as the call may take. Null: YARP's default.</param>
    public void Allow(TimeSpan? silence)
    {
        _silence = silence < TimeSpan.Zero ? _total : silence ?? DefaultSilence;
        Progressed();
    }

    /// <summary>The upstream gave a sign of life.</summary>
    public void Progressed()
    {
        if (_silence < _total)
        {
            var now = _clock.GetTimestamp();
            SetDue(Math.Min(_end, now + TicksOf(_silence)), now);
        }
    }

    /// <summary>Ends the call, which nobody waits for any more.</summary>
    public void Abandon()
    {
        _abandoned = true;
        _source.Cancel();
    }

    /// <summary>The call is over.</summary>
    public void End()
    {
        _client.Dispose();
        lock (_gate)
        {
            _due = Never;
        }
    }

    /// <summary>Whether it may serve another call.</summary>
    public bool TryReset()
    {
        _client = default;
        lock (_gate)
        {
            // Whoever rang a moment ago has yet to cancel.
            return !_hasPassed && !_abandoned && _source.TryReset();
        }
    }

    public void Dispose()
    {
        _drain.Dispose();
        _timer.Dispose();
    }

    private void SetDue(long due, long now)
    {
        lock (_gate)
        {
            _due = due;
            if (due < _rings)
            {
                RingAt(due, now);
            }
        }
    }

    private void RingAt(long due, long now)
    {
        _rings = due;
        _timer.Change(TimeUntil(due, now), Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            _rings = Never;
            if (_due == Never)
            {
                return;
            }

            if (now < _due)
            {
                RingAt(_due, now);
                return;
            }

            _hasPassed = true;
        }

        _source.Cancel();
    }

    private long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * _clock.TimestampFrequency);

    /// <summary>Rounded up to what a timer can tell apart: it would ring a moment too early, again and again.</summary>
    private TimeSpan TimeUntil(long due, long now) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, due - now) * 1000d / _clock.TimestampFrequency));
}
