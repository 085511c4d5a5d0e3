namespace WebhookVerification;

/// <summary>What came of a verification. Member 0 is a refusal: a result nobody filled in lets nothing pass.</summary>
public enum VerificationOutcome
{
    /// <summary>Nothing has been verified.</summary>
    NotVerified = 0,

    /// <summary>Authentic: the signature matches one of the secrets and every required time is within its window.</summary>
    Verified,

    /// <summary>The signature, or a header that belongs to it, is absent or empty.</summary>
    SignatureMissing,

    /// <summary>The signature stands there more than once, is too long, or is not of the scheme's form.</summary>
    SignatureMalformed,

    /// <summary>Well formed, but no secret produces it.</summary>
    SignatureMismatch,

    /// <summary>The signed time is absent or empty.</summary>
    TimestampMissing,

    /// <summary>The signed time is not of the scheme's format.</summary>
    TimestampMalformed,

    /// <summary>The signed time lies further back than the policy's maximal age.</summary>
    TimestampTooOld,

    /// <summary>The signed time lies further ahead than the policy's maximal skew.</summary>
    TimestampInFuture,
}
