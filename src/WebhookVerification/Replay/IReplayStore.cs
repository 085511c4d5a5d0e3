namespace WebhookVerification.Replay;

/// <summary>
/// Remembers which signed contents were processed. A caller claims before it forwards, then commits when the upstream
/// accepted, or releases so that the provider's retry is served. Implementations are safe for concurrent use and never
/// throw for an unreachable backend: they answer <see cref="ReplayState.Unavailable"/>.
/// </summary>
public interface IReplayStore
{
    /// <summary>Claims all keys of <paramref name="claim"/> at once, or none of them.</summary>
    /// <param name="claim">Keys, fingerprint and lifetimes.</param>
    /// <param name="now">What expires until then may be forgotten: a clock that is not set forward by mistake.</param>
    /// <param name="cancellationToken">Ends the wait for a remote store; the claim is then undone or left to its lease.</param>
    ValueTask<ReplayAnswer> ClaimAsync(ReplayClaim claim, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes a claim last until its keys expire. False when the claim was lost (lease over, store unreachable).</summary>
    ValueTask<bool> CommitAsync(ReplayClaim claim, DateTimeOffset now);

    /// <summary>Forgets a claim that did not succeed. False when the claim was lost or the store is unreachable.</summary>
    ValueTask<bool> ReleaseAsync(ReplayClaim claim);
}
