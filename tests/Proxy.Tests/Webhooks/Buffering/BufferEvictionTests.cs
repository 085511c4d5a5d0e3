using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

/// <summary>Routes "a" and "b" may hold 400 of 800 bytes each, all bodies are small, so only the shares and the total bind.</summary>
public sealed class BufferEvictionTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly BufferBudget _budget;

    public BufferEvictionTests() => _budget = new BufferBudget(800, 0.5, _clock);

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void RouteFull_EvictsItsSlowestOnly()
    {
        var elsewhere = Unfinished("b", 100);
        var slowest = Unfinished("a", 200);
        var slow = Unfinished("a", 200);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 150));

        AssertEvicted(slowest);
        AssertGoesOn(slow, elsewhere);
        Assert.Equal(450, _budget.Buffered);
    }

    [Fact]
    public void TotalFull_EvictsTheSlowestOfAnyRoute()
    {
        var slowest = Unfinished("a", 300);
        var slow = Unfinished("b", 400);
        var other = Unfinished("a", 100);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("c"), 100));

        AssertEvicted(slowest);
        AssertGoesOn(slow, other);
    }

    [Fact]
    public void OneVictimIsNotEnough_EvictsInOrderUntilItIs()
    {
        var first = Unfinished("a", 100);
        var second = Unfinished("a", 100);
        var third = Unfinished("a", 200);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 200));

        AssertEvicted(first, second);
        AssertGoesOn(third);
    }

    [Fact]
    public void SlowestWouldBeTheRequester_IsRefusedAndHurtsNobody()
    {
        var requester = Unfinished("a", 100);
        var younger = Unfinished("a", 300);

        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(requester, 1));

        AssertGoesOn(younger, requester);
        Assert.Equal(400, _budget.Buffered);
    }

    [Fact]
    public void SlowerBodiesHoldTooLittle_NobodyIsHurtInVain()
    {
        var slower = Unfinished("a", 50);
        _ = Complete("a", 350);

        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(Body("a"), 100));

        AssertGoesOn(slower);
        Assert.Equal(400, _budget.Buffered);
    }

    [Fact]
    public void SendingOn_DoesNotSaveTheSlowest()
    {
        var slowest = Unfinished("a", 100);
        var slow = Unfinished("a", 100);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(slowest, 200));

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(slow, 50));

        AssertEvicted(slowest);
        AssertGoesOn(slow);
    }

    [Fact]
    public void Complete_IsNoVictimButStaysCharged()
    {
        var complete = Complete("a", 200);
        var slow = Unfinished("a", 200);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 100));

        AssertGoesOn(complete);
        AssertEvicted(slow);
        Assert.Equal(300, _budget.Buffered);
    }

    [Fact]
    public void NothingSentYet_IsNoVictim()
    {
        var silent = Unfinished("a", 0);
        var slow = Unfinished("a", 400);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 1));

        AssertGoesOn(silent);
        AssertEvicted(slow);
    }

    [Fact]
    public void FirstBytesAfterWaiting_MakeABodyTheFastest()
    {
        var late = Unfinished("a", 0);
        var early = Unfinished("a", 300);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(late, 100));

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 1));

        AssertEvicted(early);
        AssertGoesOn(late);
    }

    [Fact]
    public void Evicted_IsToldSoAndHoldsNothing()
    {
        var victim = Unfinished("a", 400);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 1));

        Assert.Equal(0, victim.Bytes);
        Assert.Equal(ChargeResult.Evicted, _budget.TryCharge(victim, 1));
        Assert.Equal(ChargeResult.Evicted, _budget.Complete(victim));

        _budget.Release(victim);
        Assert.Equal(1, _budget.Buffered);
    }

    [Fact]
    public void ReleasedBeforeItWasCancelled_TheNextBodyIsNotCancelledInstead()
    {
        var first = Unfinished("a", 200);
        var second = Unfinished("a", 200);
        first.WhenCancelled = () =>
        {
            _budget.Release(first);
            _budget.Release(second);
            second.Start(_budget.GetRoute("b"), null);
        };

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("a"), 400));

        Assert.Equal(1, first.Cancellations);
        AssertGoesOn(second);
    }

    [Fact]
    public void FloodOfUnfinishedBodies_LetsEverySmallOnePass()
    {
        for (var i = 0; i < 100; i++)
        {
            _ = Unfinished($"flooded{i % 3}", 40);
        }

        for (var i = 0; i < 100; i++)
        {
            var honest = Body("flooded0");
            Assert.Equal(ChargeResult.Ok, _budget.TryCharge(honest, 20));
            _budget.Register(honest, _clock.GetTimestamp(), TimeSpan.FromSeconds(10));
            Assert.Equal(ChargeResult.Ok, _budget.TryCharge(honest, 20));
            Assert.Equal(ChargeResult.Ok, _budget.Complete(honest));
            _budget.Release(honest);
            _ = Unfinished("flooded0", 40);
        }
    }

    private static void AssertEvicted(params TestCharge[] bodies) => Assert.All(bodies, body =>
    {
        Assert.Equal(ChargeResult.Evicted, body.Standing);
        Assert.Equal(1, body.Cancellations);
    });

    private static void AssertGoesOn(params TestCharge[] bodies) => Assert.All(bodies, body =>
    {
        Assert.Equal(ChargeResult.Ok, body.Standing);
        Assert.Equal(0, body.Cancellations);
    });

    private TestCharge Body(string route)
    {
        var body = new TestCharge();
        body.Start(_budget.GetRoute(route), null);
        return body;
    }

    private TestCharge Unfinished(string route, long bytes)
    {
        var body = Body(route);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, bytes));
        _budget.Register(body, _clock.GetTimestamp(), TimeSpan.FromSeconds(10));
        return body;
    }

    private TestCharge Complete(string route, long bytes)
    {
        var body = Unfinished(route, bytes);
        Assert.Equal(ChargeResult.Ok, _budget.Complete(body));
        return body;
    }
}
