using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

/// <content>Many claims at once.</content>
public abstract partial class ReplayStoreContract
{
    [Fact]
    public async Task ThousandAtOnce_ExactlyOneIsNew()
    {
        var answers = await Race(_ => Claim("a", "id"));

        _ = Assert.Single(answers, answer => answer.State == ReplayState.New);
        Assert.Equal(999, answers.Count(answer => answer.State == ReplayState.InFlight));
    }

    [Fact]
    public async Task ThousandAtOnceOverCrossedKeys_EachClaimsBothKeysOrNone()
    {
        // Ten contents, each with its own delivery and with the next one's: a ring in which every claim has two rivals.
        var answers = await Race(i => Claim($"{i / 2 % 10}", $"{((i / 2) + (i % 2)) % 10}"));

        var winners = answers.Where(answer => answer.State == ReplayState.New).Select(answer => answer.Claim).ToArray();
        Assert.Distinct(winners.Select(winner => winner.Content));
        Assert.Distinct(winners.Select(winner => winner.Delivery));
        // Seven pairs at least, or somebody was refused although nobody holds either of his keys.
        Assert.InRange(winners.Length, 7, 10);
    }

    private async Task<(ReplayClaim Claim, ReplayState State)[]> Race(Func<int, ReplayClaim> claim)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, 1000).Select(claim).Select(async mine =>
        {
            await start.Task;
            return (mine, await StateOf(mine));
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(racers);
    }
}
