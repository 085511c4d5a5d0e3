namespace Proxy.Telemetry;

/// <summary>Thins out log lines of one kind, which somebody else may cause as often as they like.</summary>
internal sealed class LineAllowance
{
    /// <summary>Lines in each <see cref="Period"/>.</summary>
    public const int LinesPerPeriod = 10;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _periodStarted;
    private int _taken;
    private long _suppressed;

    /// <summary>Whether the line may be written, and how many were left out before it.</summary>
    public bool TryTake(TimeProvider clock, out long suppressedBefore)
    {
        lock (_gate)
        {
            suppressedBefore = 0;
            if (_periodStarted is not { } started || clock.GetElapsedTime(started) >= Period)
            {
                suppressedBefore = _suppressed;
                (_periodStarted, _taken, _suppressed) = (clock.GetTimestamp(), 0, 0);
            }

            if (_taken == LinesPerPeriod)
            {
                _suppressed++;
                return false;
            }

            _taken++;
            return true;
        }
    }
}
