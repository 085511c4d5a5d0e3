using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>A secret that is compared, not computed with. Digests are compared, so that time tells nothing of its length.</summary>
internal sealed class TokenKey(byte[] token) : VerificationKey
{
    private readonly byte[] _digest = SHA256.HashData(token);

    public override bool Matches(in SignedContent content, SignatureSet signatures)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var matches = false;
        for (var i = 0; i < signatures.Count; i++)
        {
            SHA256.HashData(signatures[i], digest);
            matches |= CryptographicOperations.FixedTimeEquals(digest, _digest);
        }

        return matches;
    }

    /// <summary>The token itself, whatever it is sent along with.</summary>
    public override bool TrySign(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        var fits = token.AsSpan().TryCopyTo(destination);
        written = fits ? token.Length : 0;
        return fits;
    }
}
