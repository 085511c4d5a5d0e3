using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>A public key of the framework, whose objects serve one thread at a time. Judges SHA-256 digests.</summary>
/// <param name="import">Makes another object of the same key.</param>
/// <param name="verify">Whether a signature fits a digest.</param>
internal sealed class PublicKey<T>(Func<T> import, PublicKey<T>.Verifier verify) : VerificationKey
    where T : AsymmetricAlgorithm
{
    private readonly StatePool<T> _keys = new(import);

    public delegate bool Verifier(T key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature);

    public override bool Matches(in SignedContent content, SignatureSet signatures)
    {
        Span<byte> digest = stackalloc byte[HashKind.MaxSize];
        var state = HashKind.Sha256.Rent();
        content.AppendTo(state);
        digest = digest[..HashKind.Sha256.Finish(state, digest)];

        var key = _keys.Rent();
        var matches = false;
        for (var i = 0; i < signatures.Count && !matches; i++)
        {
            matches = Matches(key, digest, signatures[i]);
        }

        _keys.Return(key);
        return matches;
    }

    private bool Matches(T key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        try
        {
            return verify(key, digest, signature);
        }
        catch (CryptographicException)
        {
            // Some platforms throw for a signature that is not of the key's form.
            return false;
        }
    }
}
