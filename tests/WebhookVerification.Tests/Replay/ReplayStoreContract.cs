using System.Security.Cryptography;
using System.Text;
using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

/// <summary>What every <see cref="IReplayStore"/> must do. Uses nothing but the interface, so that any store can be put under it.</summary>
public abstract partial class ReplayStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequestFingerprint Fingerprint = new(1, 2);

    private IReplayStore _store = null!;
    private long _owners;

    public async Task InitializeAsync() => _store = await CreateAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A store that knows none of the keys of earlier tests.</summary>
    protected abstract Task<IReplayStore> CreateAsync();

    [Fact]
    public async Task FirstClaim_IsNew() => Assert.Equal(ReplayState.New, await StateOf(Claim("a")));

    [Fact]
    public async Task SecondClaimMeanwhile_IsInFlight()
    {
        await Claimed(Claim("a"));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a")));
    }

    [Fact]
    public async Task Committed_IsKnownWithItsFingerprint()
    {
        await Committed(Claim("a") with { Fingerprint = Fingerprint });

        Assert.Equal(new ReplayAnswer(ReplayState.Committed, Fingerprint), await Ask(Claim("a") with { Fingerprint = new(3, 4) }));
    }

    [Fact]
    public async Task Released_IsNewAgain()
    {
        var claim = await Claimed(Claim("a", "id"));

        Assert.True(await _store.ReleaseAsync(claim));

        Assert.Equal(ReplayState.New, await StateOf(Claim("a", "id")));
    }

    [Theory]
    [InlineData("a", "other")]
    [InlineData("a", null)]
    [InlineData("other", "id")]
    public async Task EitherKeyAgain_IsADuplicate(string content, string? delivery)
    {
        var claim = await Claimed(Claim("a", "id") with { Fingerprint = Fingerprint });
        Assert.Equal(ReplayState.InFlight, await StateOf(Claim(content, delivery)));

        Assert.True(await _store.CommitAsync(claim, Start));
        Assert.Equal(new ReplayAnswer(ReplayState.Committed, Fingerprint), await Ask(Claim(content, delivery)));
    }

    [Fact]
    public async Task Refused_ClaimsNeitherKey()
    {
        await Claimed(Claim("a", "id"));
        _ = await Ask(Claim("b", "id"));
        _ = await Ask(Claim("a", "id2"));

        Assert.Equal(ReplayState.New, await StateOf(Claim("b", "id2")));
    }

    [Fact]
    public async Task OneKeyCommittedAndOneInFlight_IsInFlight()
    {
        await Committed(Claim("a", "id"));
        await Claimed(Claim("b", "id2"));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a", "id2")));
        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("b", "id")));
    }

    [Fact]
    public async Task BothKeysCommittedApart_AnswersWithTheContents()
    {
        await Committed(Claim("a") with { Fingerprint = Fingerprint });
        await Committed(Claim("b", "id") with { Fingerprint = new(3, 4) });

        Assert.Equal(new ReplayAnswer(ReplayState.Committed, Fingerprint), await Ask(Claim("a", "id")));
    }

    [Fact]
    public async Task LeaseNotYetOver_IsInFlight()
    {
        await Claimed(Claim("a"));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a"), after: TimeSpan.FromSeconds(59)));
    }

    [Fact]
    public async Task LeaseOver_IsTakenOverAndLostToTheFormerOwner()
    {
        var former = await Claimed(Claim("a", "id"));
        var later = TimeSpan.FromSeconds(61);
        var owner = Claim("a", "id") with { LeaseExpires = Start + (2 * later), Fingerprint = Fingerprint };
        Assert.Equal(ReplayState.New, await StateOf(owner, later));

        Assert.False(await _store.CommitAsync(former, Start + later));
        Assert.False(await _store.ReleaseAsync(former));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a", "id"), later));
        Assert.True(await _store.CommitAsync(owner, Start + later));
        Assert.Equal(new ReplayAnswer(ReplayState.Committed, Fingerprint), await Ask(Claim("a", "id"), later));
    }

    [Fact]
    public async Task LeaseOverButNobodyTookOver_CommitCounts()
    {
        var claim = await Claimed(Claim("a"));
        var later = TimeSpan.FromSeconds(61);

        Assert.True(await _store.CommitAsync(claim, Start + later));

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("a"), later));
    }

    [Fact]
    public async Task OneOfTwoKeysTakenOver_CommitSaysSoAndKeepsTheOther()
    {
        var former = await Claimed(Claim("a", "id"));
        var later = TimeSpan.FromSeconds(61);
        Assert.Equal(ReplayState.New, await StateOf(Claim("a") with { LeaseExpires = Start + (2 * later) }, later));

        Assert.False(await _store.CommitAsync(former, Start + later));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a"), later));
        Assert.Equal(ReplayState.Committed, await StateOf(Claim("b", "id"), later));
    }

    [Fact]
    public async Task NotTheOwner_CanNeitherCommitNorRelease()
    {
        await Claimed(Claim("a"));

        Assert.False(await _store.CommitAsync(Claim("a"), Start));
        Assert.False(await _store.ReleaseAsync(Claim("a")));

        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("a")));
    }

    [Fact]
    public async Task Committed_CannotBeReleased()
    {
        var claim = await Committed(Claim("a"));

        Assert.False(await _store.ReleaseAsync(claim));

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("a")));
    }

    [Fact]
    public async Task KeysExpireEachAtItsOwnTime()
    {
        await Committed(Claim("a", "id"));
        var contentIsOver = TimeSpan.FromMinutes(6);

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("b", "id"), contentIsOver));
        Assert.Equal(ReplayState.New, await StateOf(Claim("a"), contentIsOver));
        Assert.Equal(ReplayState.New, await StateOf(Claim("b", "id"), after: TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task LastMomentBeforeExpiry_IsStillKnown()
    {
        await Committed(Claim("a"));

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("a"), TimeSpan.FromMinutes(6) - TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task ClockSetBack_ForgetsNothingAndClaimsOn()
    {
        await Committed(Claim("a"));
        await Claimed(Claim("b"));
        var back = TimeSpan.FromHours(-1);

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("a"), back));
        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("b"), back));
        Assert.Equal(ReplayState.New, await StateOf(Claim("c"), back));
        Assert.Equal(ReplayState.InFlight, await StateOf(Claim("c"), back));
    }

    [Fact]
    public async Task ClockSetForwardAndBack_ClaimsOn()
    {
        await Committed(Claim("a"));
        Assert.Equal(ReplayState.New, await StateOf(Claim("b"), TimeSpan.FromHours(1)));

        await Committed(Claim("c"));

        Assert.Equal(ReplayState.Committed, await StateOf(Claim("c")));
    }

    private ReplayClaim Claim(string content, string? delivery = null) => new(
        Interlocked.Increment(ref _owners),
        Key("content " + content),
        Start + TimeSpan.FromMinutes(6),
        delivery is null ? null : Key("delivery " + delivery),
        Start + TimeSpan.FromHours(1),
        default,
        Start + TimeSpan.FromMinutes(1));

    private static ReplayKey Key(string name) => ReplayKey.FromDigest(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private ValueTask<ReplayAnswer> Ask(ReplayClaim claim, TimeSpan after = default) =>
        _store.ClaimAsync(claim, Start + after, CancellationToken.None);

    private async Task<ReplayState> StateOf(ReplayClaim claim, TimeSpan after = default) => (await Ask(claim, after)).State;

    private async Task<ReplayClaim> Claimed(ReplayClaim claim)
    {
        Assert.Equal(ReplayState.New, await StateOf(claim));
        return claim;
    }

    private async Task<ReplayClaim> Committed(ReplayClaim claim)
    {
        Assert.True(await _store.CommitAsync(await Claimed(claim), Start));
        return claim;
    }
}
