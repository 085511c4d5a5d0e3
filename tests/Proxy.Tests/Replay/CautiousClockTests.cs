using Proxy.Replay;

namespace Proxy.Tests.Replay;

public sealed class CautiousClockTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Jump = TimeSpan.FromHours(3);

    private readonly ManualTimeProvider _clock = new();
    private readonly CautiousClock _cautious;

    public CautiousClockTests() => _cautious = new CautiousClock(_clock);

    public void Dispose() => _cautious.Dispose();

    [Fact]
    public void ClockThatIsLeftAlone_IsFollowed()
    {
        for (var i = 0; i < 1000; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(i));
            Assert.Equal(_clock.GetUtcNow(), _cautious.GetUtcNow());
        }
    }

    [Fact]
    public void SetForward_IsFollowedAfterAnHourOrTwo()
    {
        _ = _cautious.GetUtcNow();
        _clock.ShiftWallClock(Jump);

        for (var minutes = 1; minutes <= 60; minutes++)
        {
            _clock.Advance(Minute);
            Assert.Equal(_clock.GetUtcNow() - Jump, _cautious.GetUtcNow());
        }

        for (var minutes = 1; minutes <= 60; minutes++)
        {
            _clock.Advance(Minute);
            _ = _cautious.GetUtcNow();
        }

        Assert.Equal(_clock.GetUtcNow(), _cautious.GetUtcNow());
    }

    [Fact]
    public void SetForwardAndPutRight_NeverNoticed()
    {
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(50 * Minute);
            var before = _cautious.GetUtcNow();
            _clock.ShiftWallClock(Jump);
            Assert.Equal(before, _cautious.GetUtcNow());
            _clock.Advance(Minute);
            Assert.Equal(before + Minute, _cautious.GetUtcNow());
            _clock.ShiftWallClock(-Jump);
            Assert.Equal(before + Minute, _cautious.GetUtcNow());
        }
    }

    [Fact]
    public void SetForwardInAQuietNight_IsNotBelievedByTheFirstToAsk()
    {
        _clock.Advance(5 * CautiousClock.Patience);
        _clock.ShiftWallClock(Jump);
        Assert.Equal(_clock.GetUtcNow() - Jump, _cautious.GetUtcNow());
    }

    [Fact]
    public void SetBack_IsFollowedAtOnce()
    {
        _ = _cautious.GetUtcNow();
        _clock.ShiftWallClock(-Jump);
        Assert.Equal(_clock.GetUtcNow(), _cautious.GetUtcNow());
    }

    [Fact]
    public void WrongFromTheStartAndPutRightInAQuietNight_IsFollowedByTheFirstToAsk()
    {
        _clock.ShiftWallClock(Jump);
        _clock.Advance(2 * CautiousClock.Patience);
        Assert.Equal(_clock.GetUtcNow(), _cautious.GetUtcNow());
    }

    /// <summary>What the clock is for, with every hour of a random clock: an expiry of a life up to its patience is not called over before that life has passed.</summary>
    [Fact]
    public void AnyJumps_NoLifeEndsBeforeItHasPassed()
    {
        var random = new Random(1);
        var lives = new List<(long Began, DateTimeOffset Expires, TimeSpan Life)>();
        for (var step = 0; step < 5000; step++)
        {
            _clock.Advance(TimeSpan.FromSeconds(random.Next(600)));
            if (random.Next(10) == 0)
            {
                _clock.ShiftWallClock(TimeSpan.FromMinutes(random.Next(-90, 91)));
            }

            var now = _cautious.GetUtcNow();
            Assert.InRange(now, DateTimeOffset.MinValue, _clock.GetUtcNow());
            lives.RemoveAll(life =>
            {
                var isOver = life.Expires <= now;
                Assert.False(isOver && _clock.GetElapsedTime(life.Began) < life.Life, $"step {step}");
                return isOver;
            });
            var life = TimeSpan.FromSeconds(random.Next((int)CautiousClock.Patience.TotalSeconds));
            lives.Add((_clock.GetTimestamp(), _clock.GetUtcNow() + life, life));
        }
    }
}
