using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>Where claims are kept.</summary>
/// <param name="Configured">The store of the configuration; shared with other proxies, if it is PostgreSQL.</param>
/// <param name="Local">This process's own, for policies that would rather serve than refuse while the configured one is down.</param>
internal sealed record ReplayStores(IReplayStore Configured, IReplayStore Local)
{
    /// <summary>What large contents are named by, where no other process has to find the same names; else null.</summary>
    public LocalContentDigest? Digest { get; } = Configured == Local ? new LocalContentDigest() : null;
}

/// <summary>A claim that must be committed or released, and the store it was made in.</summary>
internal readonly record struct ReplayHold(IReplayStore Store, ReplayClaim Claim);
