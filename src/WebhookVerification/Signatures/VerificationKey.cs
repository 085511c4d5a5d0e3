using WebhookVerification.Content;

namespace WebhookVerification.Signatures;

/// <summary>One decoded secret, ready to judge signatures. Safe for concurrent use. Never prints its bytes.</summary>
internal abstract class VerificationKey
{
    /// <summary>Whether any of <paramref name="signatures"/> is this key's over <paramref name="content"/>.</summary>
    public abstract bool Matches(in SignedContent content, SignatureSet signatures);
}
