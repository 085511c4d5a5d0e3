namespace WebhookVerification.Replay;

/// <summary>What a caller wants remembered of one verified request.</summary>
/// <param name="Owner">Random, unique to this claim: a commit or release after the lease was lost touches nobody else's claim.</param>
/// <param name="Content">Key over route, scheme and signed content.</param>
/// <param name="ContentExpires">When the content's key may be forgotten: no copy of it can verify after this.</param>
/// <param name="Delivery">Key over route and signed delivery id, where the scheme signs one; else null.</param>
/// <param name="DeliveryExpires">When the delivery's key may be forgotten.</param>
/// <param name="Fingerprint">Digest of what the upstream dispatches on; a duplicate with another one is "altered".</param>
/// <param name="LeaseExpires">When an uncommitted claim may be taken over, because its owner must be dead.</param>
public readonly record struct ReplayClaim(
    long Owner,
    ReplayKey Content,
    DateTimeOffset ContentExpires,
    ReplayKey? Delivery,
    DateTimeOffset DeliveryExpires,
    RequestFingerprint Fingerprint,
    DateTimeOffset LeaseExpires);
