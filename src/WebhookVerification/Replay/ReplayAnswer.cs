namespace WebhookVerification.Replay;

/// <summary>What a store says to a claim. Member 0 is the answer that lets nothing pass by accident.</summary>
public enum ReplayState
{
    /// <summary>The store could not be asked. Nothing was claimed.</summary>
    Unavailable = 0,

    /// <summary>Claimed: nobody has processed it and nobody is processing it.</summary>
    New,

    /// <summary>Another request holds the claim right now.</summary>
    InFlight,

    /// <summary>Processed before; <see cref="ReplayAnswer.Fingerprint"/> is that of the committed request.</summary>
    Committed,
}

/// <summary>The answer to <see cref="IReplayStore.ClaimAsync"/>.</summary>
/// <param name="State">What is known of the keys.</param>
/// <param name="Fingerprint">Of the request that was committed; meaningful with <see cref="ReplayState.Committed"/> only.</param>
public readonly record struct ReplayAnswer(ReplayState State, RequestFingerprint Fingerprint = default);
