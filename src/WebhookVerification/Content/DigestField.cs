using System.Security.Cryptography;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Content;

/// <summary>A digest that is signed in the body's place and binds the body to the signature.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Hash">Of the body's bytes.</param>
/// <param name="Encoding">How it is written.</param>
internal sealed record DigestField(ValueSource Source, HashKind Hash, SignatureEncoding Encoding)
{
    /// <summary>Whether it is the body's digest.</summary>
    public VerificationOutcome Check(in RequestView view)
    {
        var outcome = Source.Read(view, out var text);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        Span<byte> given = stackalloc byte[SignatureDecoder.MaxDecodedLength(Encoding, HeaderField.MaxLength)];
        if (!SignatureDecoder.TryDecode(Encoding, text.Span, given, out var length) || length != Hash.Size)
        {
            return VerificationOutcome.SignatureMalformed;
        }

        Span<byte> digest = stackalloc byte[HashKind.MaxSize];
        digest = digest[..Hash.Compute(view.Body, digest)];
        return CryptographicOperations.FixedTimeEquals(digest, given[..length])
            ? VerificationOutcome.Verified
            : VerificationOutcome.SignatureMismatch;
    }
}
