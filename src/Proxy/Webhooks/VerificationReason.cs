using WebhookVerification;

namespace Proxy.Webhooks;

/// <summary>The library's outcomes as reasons of the proxy.</summary>
internal static class VerificationReason
{
    public static Reason ToReason(this VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.Verified => Reason.None,
        VerificationOutcome.SignatureMissing => Reason.SignatureMissing,
        VerificationOutcome.SignatureMalformed => Reason.SignatureMalformed,
        VerificationOutcome.TimestampMissing => Reason.TimestampMissing,
        VerificationOutcome.TimestampMalformed => Reason.TimestampMalformed,
        VerificationOutcome.TimestampTooOld => Reason.TimestampTooOld,
        VerificationOutcome.TimestampInFuture => Reason.TimestampInFuture,
        _ => Reason.SignatureMismatch,
    };
}
