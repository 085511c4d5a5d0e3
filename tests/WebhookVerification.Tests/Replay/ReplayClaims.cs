using System.Security.Cryptography;
using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

/// <summary>Short ways to make keys and claims.</summary>
internal static class ReplayClaims
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static long _owners;

    public static ReplayKey Key(int number) => ReplayKey.FromDigest(SHA256.HashData(BitConverter.GetBytes(number)));

    /// <summary>A claim with one key, or with two, which expire that many seconds after <see cref="Start"/>.</summary>
    public static ReplayClaim Claim(int content, int seconds, int? delivery = null) => new(
        Interlocked.Increment(ref _owners),
        Key(content),
        Start.AddSeconds(seconds),
        delivery is { } number ? Key(number) : null,
        Start.AddSeconds(seconds),
        default,
        Start.AddSeconds(10));

    public static ReplayAnswer Claim(this MemoryReplayStore store, ReplayClaim claim, DateTimeOffset now) =>
        AtOnce(store.ClaimAsync(claim, now, CancellationToken.None));

    public static ReplayState Ask(this MemoryReplayStore store, ReplayClaim claim, double at = 0) =>
        store.Claim(claim, Start.AddSeconds(at)).State;

    public static bool Commit(this MemoryReplayStore store, ReplayClaim claim, double at = 0) =>
        AtOnce(store.CommitAsync(claim, Start.AddSeconds(at)));

    public static bool Release(this MemoryReplayStore store, ReplayClaim claim) => AtOnce(store.ReleaseAsync(claim));

    /// <summary>The memory store never waits.</summary>
    private static T AtOnce<T>(ValueTask<T> answer)
    {
        Assert.True(answer.IsCompletedSuccessfully);
        return answer.AsTask().Result;
    }
}
