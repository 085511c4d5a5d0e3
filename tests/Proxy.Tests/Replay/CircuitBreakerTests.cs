using Proxy.Replay;

namespace Proxy.Tests.Replay;

public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CircuitBreaker _circuit;

    public CircuitBreakerTests() => _circuit = new CircuitBreaker(_clock);

    [Fact]
    public void FailuresInARow_OpenIt()
    {
        for (var i = 1; i < CircuitBreaker.FailuresToOpen; i++)
        {
            Assert.False(_circuit.Fail());
            Assert.True(_circuit.TryEnter());
        }

        Assert.True(_circuit.Fail());
        Assert.False(_circuit.TryEnter());
        Assert.Equal(CircuitState.Open, _circuit.State);
    }

    [Fact]
    public void SuccessBetweenFailures_KeepsItClosed()
    {
        for (var i = 0; i < 3 * CircuitBreaker.FailuresToOpen; i++)
        {
            Assert.False(_circuit.Fail());
            Assert.False(_circuit.Succeed());
        }

        Assert.Equal(CircuitState.Closed, _circuit.State);
    }

    [Fact]
    public void PauseOver_LetsOneTryIt()
    {
        Open();
        _clock.Advance(CircuitBreaker.Pause);

        Assert.True(_circuit.TryEnter());
        Assert.False(_circuit.TryEnter());
        Assert.Equal(CircuitState.HalfOpen, _circuit.State);
    }

    [Fact]
    public void TrialSucceeds_ClosesIt()
    {
        Open();
        _clock.Advance(CircuitBreaker.Pause);
        Assert.True(_circuit.TryEnter());

        Assert.True(_circuit.Succeed());

        Assert.True(_circuit.TryEnter());
        Assert.False(_circuit.Fail());
    }

    [Fact]
    public void TrialFails_StartsAnotherPause()
    {
        Open();
        _clock.Advance(CircuitBreaker.Pause);
        Assert.True(_circuit.TryEnter());

        Assert.False(_circuit.Fail());

        Assert.False(_circuit.TryEnter());
        _clock.Advance(CircuitBreaker.Pause);
        Assert.True(_circuit.TryEnter());
    }

    [Fact]
    public void TrialNeverComesBack_AnotherFollowsAfterThePause()
    {
        Open();
        _clock.Advance(CircuitBreaker.Pause);
        Assert.True(_circuit.TryEnter());
        _clock.Advance(CircuitBreaker.Pause);

        Assert.True(_circuit.TryEnter());
    }

    private void Open()
    {
        for (var i = 0; i < CircuitBreaker.FailuresToOpen; i++)
        {
            _ = _circuit.Fail();
        }
    }
}
