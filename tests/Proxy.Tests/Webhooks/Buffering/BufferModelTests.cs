using FsCheck;
using FsCheck.Fluent;
using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

/// <summary>Random lives of eight bodies on three routes: the budget and the model agree after every step.</summary>
public sealed class BufferModelTests
{
    private const long Limit = 512 * 1024;
    private const double Share = 0.5;

    private static readonly string[] Routes = ["a", "b", "c"];
    private static readonly long[] Sizes = [1, 1000, 20_000, 65_536, 65_537, 150_000];

    [Fact]
    public void AnySequence_AgreesWithTheModel()
    {
        var step =
            from action in Gen.Frequency(
                (6, Gen.Constant(Act.Charge)),
                (3, Gen.Constant(Act.Register)),
                (1, Gen.Elements(Act.Complete, Act.Release, Act.Wait)))
            from body in Gen.Choose(0, 7)
            from size in Gen.Choose(0, Sizes.Length - 1)
            select new Step(action, body, Sizes[size]);
        var steps = Gen.ListOf(step, 120).Select(list => list.ToArray());
        var arbitrary = Arb.From(steps, list => list.Select((_, i) => list.Where((_, at) => at != i).ToArray()));

        Prop.ForAll(arbitrary, Agree).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static void Agree(Step[] steps)
    {
        var clock = new ManualTimeProvider();
        using var budget = new BufferBudget(Limit, Share, clock);
        var model = new BufferModel(Limit, Share);
        var pairs = Enumerable.Range(0, 8).Select(i => new Pair(budget, model, Routes[i % 3], i)).ToArray();
        foreach (var (action, body, size) in steps)
        {
            var pair = pairs[body];
            switch (action)
            {
                case Act.Charge:
                    Assert.Equal(model.Charge(pair.Expected, size), budget.TryCharge(pair.Actual, size));
                    break;
                case Act.Register when !pair.IsComplete:
                    var timeout = TimeSpan.FromSeconds(1 + body);
                    model.Register(pair.Expected, clock.GetElapsedTime(0) + timeout);
                    budget.Register(pair.Actual, clock.GetTimestamp(), timeout);
                    break;
                case Act.Complete:
                    var surplus = Math.Min(size, pair.Expected.Bytes);
                    pair.Expected.Complete(surplus);
                    Assert.Equal(pair.Expected.Standing, budget.Complete(pair.Actual, surplus));
                    pair.IsComplete = true;
                    break;
                case Act.Release:
                    pair.Restart();
                    break;
                case Act.Wait:
                    clock.Advance(TimeSpan.FromSeconds(1));
                    model.Expire(clock.GetElapsedTime(0));
                    break;
            }

            Assert.Equal(model.Buffered, budget.Buffered);
            Assert.All(Routes, route => Assert.Equal(model.BufferedOf(route), budget.GetRoute(route).Buffered));
            Assert.All(pairs, p => Assert.Equal((p.Expected.Standing, p.Expected.Bytes), (p.Actual.Standing, p.Actual.Bytes)));
            Assert.InRange(budget.Buffered, 0, Limit);
        }
    }

    private enum Act
    {
        Charge,
        Register,
        Complete,
        Release,
        Wait,
    }

    private sealed record Step(Act Action, int Body, long Size);

    private sealed class Pair
    {
        private readonly BufferBudget _budget;
        private readonly BufferModel _model;
        private readonly string _route;
        private readonly long _declared;

        public Pair(BufferBudget budget, BufferModel model, string route, int index)
        {
            (_budget, _model, _route) = (budget, model, route);
            _declared = index % 2 == 0 ? 0 : 70_000;
            Actual.Start(budget.GetRoute(route), _declared);
            Expected = model.Start(route, _declared);
        }

        public TestCharge Actual { get; } = new();

        public BufferModel.Body Expected { get; private set; }

        public bool IsComplete { get; set; }

        public void Restart()
        {
            _model.Release(Expected);
            _budget.Release(Actual);
            Actual.Start(_budget.GetRoute(_route), _declared);
            Expected = _model.Start(_route, _declared);
            IsComplete = false;
        }
    }
}
