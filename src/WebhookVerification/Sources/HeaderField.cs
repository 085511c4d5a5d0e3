namespace WebhookVerification.Sources;

/// <summary>Reads a header that belongs to a signature.</summary>
internal static class HeaderField
{
    /// <summary>
    /// In characters. The longest genuine one known is an RSA-4096 signature in base64 with its tags, under 1,000; several
    /// HMACs during a rotation stay under 2,000.
    /// </summary>
    public const int MaxLength = 4096;

    /// <summary>
    /// Two lines are malformed even when they are equal: which of them a sender, a proxy and a consumer each believe is
    /// nothing to bet on.
    /// </summary>
    public static VerificationOutcome Read(IWebhookRequest request, string name, out string? value) =>
        request.GetHeader(name, out value) switch
        {
            0 => VerificationOutcome.SignatureMissing,
            1 when value!.Length == 0 => VerificationOutcome.SignatureMissing,
            1 when value!.Length <= MaxLength => VerificationOutcome.Verified,
            _ => VerificationOutcome.SignatureMalformed,
        };
}
