using Proxy.Replay;
using Proxy.Telemetry;
using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>
/// Claim, then commit or release: a verified webhook passes once. The claim follows the upstream's own answer, so that an
/// honest retry of what failed is never taken for a replay.
/// </summary>
internal sealed partial class ReplayCheckpoint(ReplayStores stores, TimeProvider clock, CautiousClock forgetting, ILogger<ReplayCheckpoint> logger)
{
    /// <summary>How long a claim outlives the call it was made for. A proxy that holds it longer must have died.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(10);

    /// <summary>Claims a verified request. <see cref="Reason.None"/> lets it pass.</summary>
    public async ValueTask<Reason> ClaimAsync(WebhookExchange exchange)
    {
        var (route, policy) = (exchange.Route, exchange.Route.Policy.Replay);
        if (policy.Mode == ReplayMode.Off)
        {
            return Reason.None;
        }

        using var span = Tracing.Source.StartActivity("claim");
        var claim = CreateClaim(exchange);
        var store = stores.Configured;
        var answer = await store.ClaimAsync(claim, forgetting.GetUtcNow(), CancellationToken.None);
        var check = ToCheck(answer, claim);
        route.Metrics.ReplayChecked(check);
        span?.SetTag(Tracing.ResultTag, MetricLabels.Of(check));
        if (answer.State == ReplayState.Unavailable && policy.AllowWhenUnavailable)
        {
            store = stores.Local;
            answer = await store.ClaimAsync(claim, forgetting.GetUtcNow(), CancellationToken.None);
            check = ToCheck(answer, claim);
        }

        if (answer.State == ReplayState.New)
        {
            exchange.Hold = new ReplayHold(store, claim);
        }

        return policy.Mode == ReplayMode.Enforce ? ToReason(check) : Reason.None;
    }

    /// <summary>The upstream has accepted the request.</summary>
    public async ValueTask CommitAsync(WebhookExchange exchange)
    {
        if (exchange.Hold is { } hold)
        {
            exchange.Hold = null;
            if (!await hold.Store.CommitAsync(hold.Claim, forgetting.GetUtcNow()))
            {
                Log.CommitLost(logger, exchange.Route.Id);
            }
        }
    }

    /// <summary>Whatever else became of the request: a retry may pass.</summary>
    public static async ValueTask ReleaseAsync(WebhookExchange exchange)
    {
        if (exchange.Hold is { } hold)
        {
            exchange.Hold = null;
            _ = await hold.Store.ReleaseAsync(hold.Claim);
        }
    }

    private ReplayClaim CreateClaim(WebhookExchange exchange)
    {
        var (route, policy) = (exchange.Route, exchange.Route.Policy);
        var now = clock.GetUtcNow();
        var windowEnds = now + policy.Replay.Window;
        // No copy of a signed time verifies after this; where none is signed, the window must do.
        var contentExpires = exchange.Evidence.SignedTime is { } signed && policy.MaxAge is { } maxAge
            ? signed + maxAge + policy.MaxFutureSkew
            : windowEnds;
        return new ReplayClaim(
            Owner: Random.Shared.NextInt64(),
            route.ReplayScope.ContentKey(exchange.Evidence, exchange.Body.Content, stores.Digest),
            contentExpires,
            route.ReplayScope.DeliveryKey(exchange.Evidence),
            windowEnds,
            RequestFingerprints.Of(exchange),
            LeaseExpires: now + policy.TotalTimeout + LeaseMargin);
    }

    private static ReplayCheck ToCheck(ReplayAnswer answer, in ReplayClaim claim) => answer.State switch
    {
        ReplayState.New => ReplayCheck.New,
        ReplayState.InFlight => ReplayCheck.InFlight,
        ReplayState.Committed when answer.Fingerprint == claim.Fingerprint => ReplayCheck.Duplicate,
        ReplayState.Committed => ReplayCheck.Altered,
        _ => ReplayCheck.Unavailable,
    };

    private static Reason ToReason(ReplayCheck check) => check switch
    {
        ReplayCheck.New => Reason.None,
        ReplayCheck.Duplicate => Reason.Duplicate,
        ReplayCheck.InFlight => Reason.DuplicateInFlight,
        ReplayCheck.Altered => Reason.DuplicateAltered,
        _ => Reason.ReplayStoreUnavailable,
    };

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "A webhook of route {Route} was processed, but its claim could not be committed: a copy of it may pass.")]
        public static partial void CommitLost(ILogger logger, string route);
    }
}
