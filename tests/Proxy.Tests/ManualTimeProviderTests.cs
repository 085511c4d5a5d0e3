namespace Proxy.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void TimersFallDue_RunInOrderAtTheirOwnTime()
    {
        using var late = Timer("late", 2, Timeout.Infinite);
        using var early = Timer("early", 1, Timeout.Infinite);

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["early@1", "late@2"], _fired);
    }

    [Fact]
    public void PeriodicTimer_RunsOncePerPeriodUntilDisposed()
    {
        var timer = Timer("tick", 1, 1);
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["tick@1", "tick@2"], _fired);
    }

    [Fact]
    public void WallClockShifted_MovesNoTimerAndNoTimestamp()
    {
        using var timer = Timer("tick", 1, Timeout.Infinite);
        var before = _clock.GetUtcNow();

        _clock.ShiftWallClock(TimeSpan.FromHours(-1));

        Assert.Equal(before.AddHours(-1), _clock.GetUtcNow());
        Assert.Equal(0, _clock.GetTimestamp());
        Assert.Empty(_fired);
    }

    private ITimer Timer(string name, int due, int period) => _clock.CreateTimer(
        _ => _fired.Add($"{name}@{_clock.GetElapsedTime(0).TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(due),
        period == Timeout.Infinite ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
}
