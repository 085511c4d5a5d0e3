using WebhookVerification.Content;

namespace WebhookVerification.Signatures;

/// <summary>One decoded secret, ready to judge signatures. Safe for concurrent use. Never prints its bytes.</summary>
internal abstract class VerificationKey
{
    /// <summary>Whether any of <paramref name="signatures"/> is this key's over <paramref name="content"/>.</summary>
    public abstract bool Matches(in SignedContent content, SignatureSet signatures);

    /// <summary>The signature of <paramref name="text"/>, for computed answers to handshakes. False for keys that only verify.</summary>
    public virtual bool TrySign(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return false;
    }
}
