namespace WebhookVerification;

/// <summary>What came of a verification. The default value is "not verified".</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="SecretIndex">Which secret matched, counted from 0 in configured order; -1 when none did.</param>
/// <param name="BodyTime">How the signed time in the body was judged; "not verified" when it was not looked at.</param>
public readonly record struct VerificationResult(
    VerificationOutcome Outcome, int SecretIndex = -1, VerificationOutcome BodyTime = VerificationOutcome.NotVerified)
{
    /// <summary>Whether the request is authentic.</summary>
    public bool IsVerified => Outcome == VerificationOutcome.Verified;
}
