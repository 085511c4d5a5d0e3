namespace WebhookVerification.Replay;

/// <summary>Who holds a claimed key, and until when nobody else may. With a tick count, not a date, it is as small as a fingerprint.</summary>
internal readonly record struct Lease(long Owner, long ExpiresTicks)
{
    public bool KeepsOut(long owner, DateTimeOffset now) => Owner != owner && ExpiresTicks > now.UtcTicks;
}
