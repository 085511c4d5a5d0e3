using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>Where claims are kept.</summary>
/// <param name="Configured">The store of the configuration; shared with other proxies, if it is PostgreSQL.</param>
/// <param name="Local">This process's own, for policies that would rather serve than refuse while the configured one is down.</param>
internal sealed record ReplayStores(IReplayStore Configured, IReplayStore Local);

/// <summary>A claim that must be committed or released, and the store it was made in.</summary>
internal sealed record ReplayHold(IReplayStore Store, ReplayClaim Claim);
