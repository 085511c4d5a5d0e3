using FsCheck;
using FsCheck.Fluent;
using WebhookVerification.Replay;
using static WebhookVerification.Tests.Replay.ReplayClaims;

namespace WebhookVerification.Tests.Replay;

/// <summary>Random claims, commits, releases and clocks: the store answers as a plain dictionary does.</summary>
public sealed class ReplayModelTests
{
    private const int Contents = 5;

    [Fact]
    public void AnySequence_AgreesWithTheModel()
    {
        var step =
            from action in Gen.Frequency(
                (5, Gen.Constant(Act.Claim)),
                (3, Gen.Constant(Act.Commit)),
                (2, Gen.Constant(Act.Release)),
                (2, Gen.Constant(Act.MoveClock)))
            from content in Gen.Choose(0, Contents - 1)
            from delivery in Gen.Choose(-1, 2)
            from seconds in Gen.Frequency((6, Gen.Choose(0, 40)), (1, Gen.Elements(-3600, 3600, 20_000)))
            select new Step(action, content, delivery < 0 ? null : Contents + delivery, seconds);
        var steps = Gen.ListOf(step, 60).Select(list => list.ToArray());
        var arbitrary = Arb.From(steps, list => list.Select((_, i) => list.Where((_, at) => at != i).ToArray()));

        Prop.ForAll(arbitrary, Agree).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static void Agree(Step[] steps)
    {
        var store = new MemoryReplayStore(1000);
        var model = new ReplayModel();
        var claims = new List<ReplayClaim>();
        var now = 0.0;
        foreach (var (action, content, delivery, seconds) in steps)
        {
            var past = claims.ElementAtOrDefault(claims.Count - 1 - (seconds & 3));
            switch (action)
            {
                case Act.Claim:
                    var claim = Claim(content, 0, delivery) with
                    {
                        ContentExpires = Start.AddSeconds(now + 30),
                        DeliveryExpires = Start.AddSeconds(now + 90),
                        LeaseExpires = Start.AddSeconds(now + 12),
                        Fingerprint = new((ulong)claims.Count, 0),
                    };
                    var time = Start.AddSeconds(now);
                    var answer = store.Claim(claim, time);
                    Assert.Contains(answer, model.Claim(claim, time));
                    model.Learn(claim, answer.State);
                    claims.Add(claim);
                    break;
                case Act.Commit when claims.Count > (seconds & 3):
                    Assert.Contains(store.Commit(past, now), model.Commit(past));
                    break;
                case Act.Release when claims.Count > (seconds & 3):
                    Assert.Contains(store.Release(past), model.Release(past));
                    break;
                case Act.MoveClock:
                    now += seconds / 2.0;
                    break;
            }
        }

        Assert.Equal(0, store.Evictions);
    }

    private enum Act
    {
        Claim,
        Commit,
        Release,
        MoveClock,
    }

    private sealed record Step(Act Action, int Content, int? Delivery, int Seconds);
}
