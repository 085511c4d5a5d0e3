namespace WebhookVerification.Signatures.Algorithms;

/// <summary>
/// Strict Ed25519: a signature whose S is not reduced, and a key of small order, under which one signature fits many messages,
/// are refused here, whatever the version of OpenSSL does about them.
/// </summary>
internal static class Ed25519
{
    public const int SignatureSize = 64;

    private const int KeySize = 32;

    /// <summary>What stands before the key in a SubjectPublicKeyInfo (RFC 8410).</summary>
    private static ReadOnlySpan<byte> SpkiPrefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>The order of the base point, 2^252 + 27742317777372353535851937790883648493, least significant byte first.</summary>
    private static ReadOnlySpan<byte> Order =>
    [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
    ];

    /// <summary>The y coordinates of every point of small order, their spellings beyond the prime included; the sign bit is not looked at.</summary>
    private static readonly string[] SmallOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    /// <summary>Null when the bytes are no key, one of small order, or OpenSSL is not there.</summary>
    public static EvpKey? TryImport(ReadOnlySpan<byte> key)
    {
        if (key.Length == SpkiPrefix.Length + KeySize && key.StartsWith(SpkiPrefix))
        {
            key = key[SpkiPrefix.Length..];
        }

        if (key.Length != KeySize)
        {
            return null;
        }

        Span<byte> y = stackalloc byte[KeySize];
        key.CopyTo(y);
        y[^1] &= 0x7f;
        return SmallOrder.Contains(Convert.ToHexStringLower(y)) ? null : LibCrypto.ImportEd25519(key);
    }

    public static bool Verify(EvpKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && IsReduced(signature[KeySize..]) && LibCrypto.Verify(key, message, signature);

    private static bool IsReduced(ReadOnlySpan<byte> s)
    {
        for (var i = s.Length - 1; i >= 0; i--)
        {
            if (s[i] != Order[i])
            {
                return s[i] < Order[i];
            }
        }

        return false;
    }
}
