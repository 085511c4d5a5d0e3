namespace WebhookVerification.Signing;

/// <summary>What the signatures of a request have to cover, and what they would have to be.</summary>
/// <param name="Outcome">Whether the content could be put together; else what was not there or not of its form.</param>
/// <param name="Content">The exact bytes that are signed, a secret in them left out; empty where the scheme signs nothing of a message.</param>
/// <param name="Expected">A signature for each secret as the request would spell it, without what stands around it; empty for public keys. A secret to everyone but the operator.</param>
public sealed record SignatureTrace(VerificationOutcome Outcome, ReadOnlyMemory<byte> Content, IReadOnlyList<string> Expected)
{
    /// <summary>The outcome and the length, never a signature.</summary>
    public override string ToString() => $"{Outcome}, {Content.Length} bytes";
}
