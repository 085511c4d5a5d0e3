namespace WebhookVerification.Signatures;

/// <summary>How a signature comes from key and content. There is no "none".</summary>
internal enum SignatureAlgorithm
{
    /// <summary>RFC 2104 over SHA-1: 20 bytes.</summary>
    HmacSha1 = 1,

    /// <summary>RFC 2104 over SHA-256: 32 bytes.</summary>
    HmacSha256,

    /// <summary>RFC 2104 over SHA-384: 48 bytes.</summary>
    HmacSha384,

    /// <summary>RFC 2104 over SHA-512: 64 bytes.</summary>
    HmacSha512,
}
