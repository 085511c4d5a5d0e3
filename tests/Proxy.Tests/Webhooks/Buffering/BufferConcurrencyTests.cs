using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

public sealed class BufferConcurrencyTests
{
    private const long Limit = 1000;

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task ManyOwnersAtOnce_NeverExceedTheLimitAndLeaveNothingBehind()
    {
        using var budget = new BufferBudget(Limit, 0.5, _clock);
        using var together = new Barrier(4);
        var owners = Enumerable.Range(0, 4).Select(seed => Task.Factory.StartNew(
            () =>
            {
                _ = together.SignalAndWait(TimeSpan.FromSeconds(10));
                return Serve(budget, new Random(seed));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        var evictions = await Deadline.Within(Task.WhenAll(owners), "every owner is done");

        Assert.True(evictions.Sum() > 0, "Some bodies were evicted.");
        Assert.Equal(0, budget.Buffered);
        Assert.All(Enumerable.Range(0, 3), route => Assert.Equal(0, budget.GetRoute($"{route}").Buffered));
    }

    /// <summary>Serves bodies with a few pooled charges, as a request path does. Returns how many were cancelled.</summary>
    private static int Serve(BufferBudget budget, Random random)
    {
        var charges = Enumerable.Range(0, 5).Select(_ => new TestCharge()).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var charge = charges[random.Next(charges.Length)];
            budget.Release(charge);
            Assert.False(charge.WasCancelledWithoutCause, "A cancellation came after the release.");

            charge.Start(budget.GetRoute($"{random.Next(3)}"), null);
            if (budget.TryCharge(charge, random.Next(1, 200)) == ChargeResult.Ok && random.Next(3) > 0)
            {
                budget.Register(charge, 0, TimeSpan.FromMinutes(1));
                if (budget.TryCharge(charge, random.Next(1, 100)) == ChargeResult.Ok && random.Next(3) == 0)
                {
                    _ = budget.Complete(charge);
                }
            }

            Assert.InRange(budget.Buffered, 0, Limit);
        }

        Array.ForEach(charges, budget.Release);
        return charges.Sum(charge => charge.Cancellations);
    }
}
