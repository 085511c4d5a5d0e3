using System.Buffers.Text;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>{body:HASH:ENCODING}</c>: a digest of the body's bytes as text, such as <c>{body:sha256:hex}</c>.</summary>
internal sealed class DigestPart(HashKind hash, bool isHex) : ContentPart
{
    public override bool InBody => true;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        Span<byte> digest = stackalloc byte[HashKind.MaxSize];
        digest = digest[..hash.Compute(view.Body, digest)];
        if (isHex)
        {
            Convert.TryToHexStringLower(digest, into.Reserve(digest.Length * 2), out var written);
            into.Advance(written);
        }
        else
        {
            Base64.EncodeToUtf8(digest, into.Reserve(Base64.GetMaxEncodedToUtf8Length(digest.Length)), out _, out var written);
            into.Advance(written);
        }

        return VerificationOutcome.Verified;
    }
}
