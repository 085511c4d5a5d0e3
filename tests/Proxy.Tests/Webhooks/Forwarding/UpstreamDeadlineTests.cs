using Microsoft.AspNetCore.Http;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Webhooks.Forwarding;

public sealed class UpstreamDeadlineTests : IDisposable
{
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _drained = new();
    private readonly CancellationTokenSource _client = new();
    private readonly UpstreamDeadline _deadline;

    public UpstreamDeadlineTests() => _deadline = new UpstreamDeadline(_clock, _drained.Token);

    public void Dispose()
    {
        _deadline.Dispose();
        _drained.Dispose();
        _client.Dispose();
    }

    [Fact]
    public void Call_EndsWhenItsTimeIsOverAndNotBefore()
    {
        Begin(Total);
        _clock.Advance(Total - TimeSpan.FromMilliseconds(1));
        Assert.False(_deadline.Token.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_deadline.Token.IsCancellationRequested);
        Assert.True(_deadline.HasPassed);
        _deadline.End();
        Assert.False(_deadline.TryReset());
    }

    [Fact]
    public void LaterCall_HasItsWholeTimeAlthoughTheTimerIsStillSetForTheFirst()
    {
        Begin(Total);
        End();
        _clock.Advance(Total / 2);
        Begin(Total);

        _clock.Advance(Total - TimeSpan.FromMilliseconds(1));
        Assert.False(_deadline.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_deadline.HasPassed);
    }

    [Fact]
    public void ShorterCall_DoesNotWaitForTheTimerOfTheFirst()
    {
        Begin(Total);
        End();
        Begin(Total / 10);

        _clock.Advance(Total / 10);
        Assert.True(_deadline.HasPassed);
    }

    [Fact]
    public void NoCall_LetsTheTimerRunOut()
    {
        Begin(Total);
        End();
        Assert.Equal(1, _clock.Timers);

        _clock.Advance(Total);
        Assert.Equal(0, _clock.Timers);
        Assert.False(_deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Silence_EndsTheCallAndSignsOfLifePutThatOff()
    {
        Begin(Total);
        _deadline.Allow(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        _deadline.Progressed();
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.False(_deadline.Token.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(_deadline.HasPassed);
    }

    [Fact]
    public void SignsOfLife_DoNotMakeTheCallLonger()
    {
        Begin(Total);
        _deadline.Allow(Total - TimeSpan.FromSeconds(1));
        _clock.Advance(Total - TimeSpan.FromSeconds(1.5));
        _deadline.Progressed();

        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(_deadline.HasPassed);
    }

    [Fact]
    public void NegativeSilence_IsNoBoundAndLeavesTheCallsOwn()
    {
        Begin(Total);
        _deadline.Allow(Timeout.InfiniteTimeSpan);
        _clock.Advance(Total - TimeSpan.FromMilliseconds(1));
        Assert.False(_deadline.Token.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_deadline.HasPassed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Client_EndsOnlyACallThatIsNotToSurviveIt(bool survives)
    {
        Begin(Total, survives);
        _client.Cancel();

        Assert.Equal(!survives, _deadline.Token.IsCancellationRequested);
        Assert.False(_deadline.HasPassed);
        _deadline.End();
        Assert.Equal(survives, _deadline.TryReset());
    }

    [Fact]
    public void EndOfTheProcess_EndsTheCall()
    {
        Begin(Total, survivesClient: true);
        _drained.Cancel();
        Assert.True(_deadline.HasPassed);
        _deadline.End();
        Assert.False(_deadline.TryReset());
    }

    private void Begin(TimeSpan total, bool survivesClient = false) =>
        _deadline.Begin(new DefaultHttpContext { RequestAborted = _client.Token }, total, survivesClient);

    private void End()
    {
        _deadline.End();
        Assert.True(_deadline.TryReset());
    }
}
