namespace WebhookVerification.Time;

/// <summary>
/// How old and how far ahead a signed time may be. Two bounds, not one: a tolerance applied to both sides gives a captured
/// request twice its life.
/// </summary>
/// <param name="MaxAge">Inclusive.</param>
/// <param name="MaxFutureSkew">Inclusive.</param>
internal readonly record struct TimeWindow(TimeSpan MaxAge, TimeSpan MaxFutureSkew)
{
    public VerificationOutcome Judge(DateTimeOffset signed, DateTimeOffset now)
    {
        var age = now - signed;
        return age > MaxAge ? VerificationOutcome.TimestampTooOld
            : age < -MaxFutureSkew ? VerificationOutcome.TimestampInFuture
            : VerificationOutcome.Verified;
    }
}
