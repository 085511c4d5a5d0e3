namespace WebhookVerification.Signatures;

/// <summary>How signature bytes are written in the request.</summary>
internal enum SignatureEncoding
{
    /// <summary>Two hexadecimal digits a byte, either case.</summary>
    Hex = 0,

    /// <summary>RFC 4648 section 4, padded.</summary>
    Base64,

    /// <summary>RFC 4648 section 5, padding optional.</summary>
    Base64Url,

    /// <summary>RFC 4648 section 4 of the hexadecimal digits as text: encoded twice.</summary>
    Base64Hex,

    /// <summary>The characters themselves, one byte each: shared tokens.</summary>
    Text,
}
