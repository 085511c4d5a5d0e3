using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary>What came of an attempt. The default value is "not verified".</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="SecretName">The secret that matched; null when none did.</param>
/// <param name="SignedTime">The signed time, where one was read.</param>
internal readonly record struct Verdict(VerificationOutcome Outcome, string? SecretName, DateTimeOffset? SignedTime)
{
    public bool IsVerified => Outcome == VerificationOutcome.Verified;
}
