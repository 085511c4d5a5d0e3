using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

public sealed class BufferDeadlineTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly BufferBudget _budget;

    public BufferDeadlineTests() => _budget = new BufferBudget(1000, 1, _clock);

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void DeadlinePassed_StopsTheBodyOnceAndFreesItsBytes()
    {
        var body = Waiting(100, TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(ChargeResult.TimedOut, body.Standing);
        Assert.Equal(ChargeResult.TimedOut, _budget.TryCharge(body, 1));
        Assert.Equal(ChargeResult.TimedOut, _budget.Complete(body));
        Assert.Equal(1, body.Cancellations);
        Assert.Equal(0, _budget.Buffered);
    }

    [Fact]
    public void DeadlineNotYetPassed_StopsNothing()
    {
        var body = Waiting(100, TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.Equal(ChargeResult.Ok, body.Standing);

        _clock.Advance(TimeSpan.FromMilliseconds(1) + DeadlineWheel.Tick);
        Assert.Equal(ChargeResult.TimedOut, body.Standing);
    }

    [Fact]
    public void NoByteEverSent_IsStoppedToo()
    {
        var silent = Waiting(0, TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ChargeResult.TimedOut, silent.Standing);
    }

    [Fact]
    public void TimeBeforeTheRegistration_Counts()
    {
        var body = Body(100);
        var started = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(8));

        _budget.Register(body, started, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(ChargeResult.TimedOut, body.Standing);
    }

    [Fact]
    public void TimeWasOverAtTheRegistration_StopsAtTheNextTick()
    {
        _ = Waiting(1, TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(20));
        var body = Body(100);

        _budget.Register(body, 0, TimeSpan.FromSeconds(10));
        _clock.Advance(DeadlineWheel.Tick);

        Assert.Equal(ChargeResult.TimedOut, body.Standing);
    }

    [Fact]
    public void RegisteredAgain_KeepsItsDeadline()
    {
        var body = Waiting(100, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(8));

        _budget.Register(body, _clock.GetTimestamp(), TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(ChargeResult.TimedOut, body.Standing);
    }

    [Fact]
    public void CompleteInTime_IsNeverStopped()
    {
        var body = Waiting(100, TimeSpan.FromSeconds(10));
        Assert.Equal(ChargeResult.Ok, _budget.Complete(body));

        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(ChargeResult.Ok, body.Standing);
        Assert.Equal(0, body.Cancellations);
        Assert.Equal(100, _budget.Buffered);
    }

    [Fact]
    public void TimeoutsThatDiffer_AreKeptEach()
    {
        var minutes = Waiting(1, TimeSpan.FromMinutes(5));
        var seconds = Waiting(1, TimeSpan.FromSeconds(5));
        var milliseconds = Waiting(1, TimeSpan.FromMilliseconds(5));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([ChargeResult.Ok, ChargeResult.Ok, ChargeResult.TimedOut], Standing(minutes, seconds, milliseconds));
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal([ChargeResult.Ok, ChargeResult.TimedOut, ChargeResult.TimedOut], Standing(minutes, seconds, milliseconds));
        _clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(ChargeResult.TimedOut, minutes.Standing);
    }

    [Fact]
    public void WallClockSetForward_StopsNothing()
    {
        var body = Waiting(1, TimeSpan.FromSeconds(10));

        _clock.ShiftWallClock(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ChargeResult.Ok, body.Standing);
    }

    [Fact]
    public void IdleForLong_StillStopsTheNextInTime()
    {
        _budget.Release(Waiting(1, TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromHours(30));
        var body = Waiting(1, TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal(ChargeResult.Ok, body.Standing);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(ChargeResult.TimedOut, body.Standing);
    }

    private static ChargeResult[] Standing(params TestCharge[] bodies) => [.. bodies.Select(body => body.Standing)];

    private TestCharge Body(long bytes)
    {
        var body = new TestCharge();
        body.Start(_budget.GetRoute("a"), null);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, bytes));
        return body;
    }

    private TestCharge Waiting(long bytes, TimeSpan timeout)
    {
        var body = Body(bytes);
        _budget.Register(body, _clock.GetTimestamp(), timeout);
        return body;
    }
}
