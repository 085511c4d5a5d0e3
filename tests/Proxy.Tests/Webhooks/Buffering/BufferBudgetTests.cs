using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

public sealed class BufferBudgetTests : IDisposable
{
    private const long Unit = 1024;

    private readonly ManualTimeProvider _clock = new();
    private readonly BufferBudget _budget;

    public BufferBudgetTests() => _budget = new BufferBudget(800 * Unit, 0.5, _clock);

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void BytesCharged_AreBufferedUntilReleased()
    {
        var body = Body("a");

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, 10));
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, 5));
        Assert.Equal(15, _budget.Buffered);
        Assert.Equal(15, _budget.GetRoute("a").Buffered);

        _budget.Release(body);
        Assert.Equal(0, _budget.Buffered);
    }

    [Fact]
    public void ReleasedTwice_IsTakenOffOnce()
    {
        var other = Unfinished("a", 10);
        var body = Unfinished("a", 10);

        _budget.Release(body);
        _budget.Release(body);

        Assert.Equal(10, _budget.Buffered);
        Assert.Equal(10, other.Bytes);
    }

    [Fact]
    public void NotReleased_CannotBeStartedAgain()
    {
        var body = Unfinished("a", 10);

        _ = Assert.Throws<InvalidOperationException>(() => body.Start(_budget.GetRoute("a"), null));
    }

    [Fact]
    public void NotStarted_CannotBeCharged() =>
        Assert.Throws<InvalidOperationException>(() => _budget.TryCharge(new TestCharge(), 1));

    [Fact]
    public void Released_CanServeAnotherBody()
    {
        var body = Unfinished("a", 400 * Unit);
        _ = Charged("a", 10);
        Assert.Equal(ChargeResult.Evicted, body.Standing);
        _budget.Release(body);

        body.Start(_budget.GetRoute("b"), null);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, 20));
        Assert.Equal(30, _budget.Buffered);
        Assert.Equal(1, body.Cancellations);
    }

    [Fact]
    public void OneRouteFull_RefusesItAndServesOthers()
    {
        _ = Charged("a", 400 * Unit);

        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(Body("a"), 1));
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("b"), 1));
    }

    [Fact]
    public void RouteIdInOtherCase_IsTheSameRoute() => Assert.Same(_budget.GetRoute("stripe"), _budget.GetRoute("Stripe"));

    [Theory]
    [InlineData(BufferLimits.SmallBody, null, ChargeResult.Ok)]
    [InlineData(BufferLimits.SmallBody + 1, null, ChargeResult.Overloaded)]
    [InlineData(1, BufferLimits.SmallBody, ChargeResult.Ok)]
    [InlineData(1, BufferLimits.SmallBody + 1, ChargeResult.Overloaded)]
    public void LastEighth_ServesOnlySmallBodies(long bytes, long? declared, object expected)
    {
        _ = Charged("a", 400 * Unit);
        _ = Charged("b", 300 * Unit);

        Assert.Equal(expected, _budget.TryCharge(Body("c", declared), bytes));
    }

    [Fact]
    public void SmallBodyThatGrowsLarge_LosesTheLastEighth()
    {
        _ = Charged("a", 400 * Unit);
        _ = Charged("b", 300 * Unit);
        var body = Body("c");

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, BufferLimits.SmallBody));
        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(body, 1));
        Assert.Equal(BufferLimits.SmallBody, body.Bytes);
    }

    [Fact]
    public void TotalFull_RefusesEvenTheSmallest()
    {
        _ = Charged("a", 400 * Unit);
        _ = Charged("b", 300 * Unit);
        _ = Charged("c", 50 * Unit);
        _ = Charged("c", 50 * Unit);

        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(Body("d"), 1));
        Assert.Equal(_budget.Limit, _budget.Buffered);
    }

    [Fact]
    public void LimitRaised_AdmitsWhatWasRefused()
    {
        _ = Charged("a", 400 * Unit);
        var body = Body("a");
        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(body, 1));

        _budget.SetLimits(800 * Unit, 0.75);

        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, 1));
    }

    [Fact]
    public void LimitLowered_KeepsWhatIsHeldAndAdmitsNoMore()
    {
        var held = Charged("a", 300 * Unit);

        _budget.SetLimits(200 * Unit, 1);

        Assert.Equal(ChargeResult.Overloaded, _budget.TryCharge(Body("b"), 1));
        Assert.Equal(300 * Unit, held.Bytes);
        _budget.Release(held);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(Body("b"), 1));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.0)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void LimitsThatMakeNoSense_AreRefused(long limit, double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _budget.SetLimits(limit, share));

    private TestCharge Body(string route, long? declared = null)
    {
        var body = new TestCharge();
        body.Start(_budget.GetRoute(route), declared);
        return body;
    }

    private TestCharge Charged(string route, long bytes)
    {
        var body = Body(route);
        Assert.Equal(ChargeResult.Ok, _budget.TryCharge(body, bytes));
        return body;
    }

    private TestCharge Unfinished(string route, long bytes)
    {
        var body = Charged(route, bytes);
        _budget.Register(body, _clock.GetTimestamp(), TimeSpan.FromSeconds(10));
        return body;
    }
}
