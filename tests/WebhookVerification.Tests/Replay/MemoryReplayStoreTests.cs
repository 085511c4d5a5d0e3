using WebhookVerification.Replay;
using static WebhookVerification.Tests.Replay.ReplayClaims;

namespace WebhookVerification.Tests.Replay;

public sealed class MemoryReplayStoreTests
{
    private readonly MemoryReplayStore _store = new(4);

    [Fact]
    public void Full_ForgetsTheCommittedKeyThatExpiresFirst()
    {
        Committed(Claim(1, 300));
        Committed(Claim(2, 100));
        Committed(Claim(3, 200));
        Committed(Claim(4, 400));

        Committed(Claim(5, 50));

        Assert.Equal(ReplayState.New, _store.Ask(Claim(2, 100)));
        Assert.Equal([ReplayState.Committed, ReplayState.Committed], [_store.Ask(Claim(1, 300)), _store.Ask(Claim(4, 400))]);
        Assert.Equal(2, _store.Evictions);
        Assert.Equal(4, _store.Count);
    }

    [Fact]
    public void Full_KeepsWhatIsInFlightWhileAnythingIsCommitted()
    {
        Claimed(Claim(1, 10));
        Claimed(Claim(2, 10));
        Committed(Claim(3, 500));
        Claimed(Claim(4, 10));

        Claimed(Claim(5, 600));

        Assert.Equal([ReplayState.InFlight, ReplayState.InFlight], [_store.Ask(Claim(1, 10)), _store.Ask(Claim(4, 10))]);
        Assert.Equal(1, _store.Evictions);
    }

    [Fact]
    public void FullOfClaimsInFlight_ForgetsTheOneThatExpiresFirstAndItsOwnerLearnsIt()
    {
        var last = Claimed(Claim(1, 400));
        var first = Claimed(Claim(2, 100));
        Claimed(Claim(3, 200));
        Claimed(Claim(4, 300));

        Claimed(Claim(5, 500));

        Assert.False(_store.Commit(first));
        Assert.True(_store.Commit(last));
        Assert.Equal(1, _store.Evictions);
    }

    [Fact]
    public void FullAndTwoKeysClaimed_MakesRoomForBoth()
    {
        Claimed(Claim(1, 100, delivery: 2));
        Claimed(Claim(3, 200, delivery: 4));

        var claim = Claimed(Claim(5, 50, delivery: 6));

        Assert.Equal(4, _store.Count);
        Assert.True(_store.Commit(claim));
    }

    [Fact]
    public void FullAndALeaseIsTakenOver_NobodyElseIsForgotten()
    {
        Claimed(Claim(1, 100, delivery: 2));
        Claimed(Claim(3, 100, delivery: 4));

        Assert.Equal(ReplayState.New, _store.Ask(Claim(1, 100, delivery: 2), at: 11));

        Assert.Equal(0, _store.Evictions);
        Assert.Equal(4, _store.Count);
    }

    [Fact]
    public void FullOfExpiredKeys_ForgettingThemIsNoEviction()
    {
        for (var i = 0; i < 4; i++)
        {
            Committed(Claim(i, 100));
        }

        Assert.Equal(ReplayState.New, _store.Ask(Claim(10, 300), at: 200));

        Assert.Equal(0, _store.Evictions);
    }

    [Fact]
    public void Expired_IsDroppedInPassing()
    {
        var store = new MemoryReplayStore(10_000);
        for (var i = 0; i < 300; i++)
        {
            var claim = Claim(i, 100);
            _ = store.Ask(claim);
            _ = i % 3 == 0 || store.Commit(claim);
        }

        for (var i = 300; i < 400; i++)
        {
            _ = store.Ask(Claim(i, 400), at: 200);
        }

        Assert.Equal(100, store.Count);
    }

    [Fact]
    public void ExpiredButNotDroppedYet_ClaimedAgainIsHeldOnce()
    {
        var store = new MemoryReplayStore(100);
        for (var i = 0; i < 20; i++)
        {
            var claim = Claim(i, 100);
            _ = store.Ask(claim);
            _ = store.Commit(claim);
        }

        var before = store.Count;
        _ = store.Ask(Claim(100, 400), at: 200);
        var dropped = before + 1 - store.Count;
        _ = store.Ask(Claim(19, 400), at: 200);

        Assert.Equal(before + 1 - (2 * dropped), store.Count);
    }

    [Fact]
    public void ExpiredWhileInFlight_IsKeptForItsLease()
    {
        var claim = Claimed(Claim(1, 1));

        Assert.Equal(ReplayState.InFlight, _store.Ask(Claim(1, 300), at: 5));
        Assert.True(_store.Commit(claim, at: 5));
    }

    [Fact]
    public void ExpiryWithinASecond_IsNotRoundedDown()
    {
        var claim = Claim(1, 100) with { ContentExpires = Start.AddSeconds(100.4) };
        Committed(claim);

        Assert.Equal(ReplayState.Committed, _store.Ask(claim, at: 100.3));
        Assert.Equal(ReplayState.New, _store.Ask(claim, at: 101));
    }

    [Fact]
    public void Idle_IsSmall()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = new MemoryReplayStore(1_000_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 * 1024);
    }

    [Fact]
    public void CapacityBelowTheKeysOfOneClaim_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryReplayStore(MemoryReplayStore.MinCapacity - 1));

    private ReplayClaim Claimed(ReplayClaim claim)
    {
        Assert.Equal(ReplayState.New, _store.Ask(claim));
        return claim;
    }

    private void Committed(ReplayClaim claim) => Assert.True(_store.Commit(Claimed(claim)));
}
