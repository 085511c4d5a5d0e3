using System.Buffers.Text;
using System.Text;
using WebhookVerification.Signatures;

namespace WebhookVerification.Signing;

/// <summary>The inverse of <see cref="SignatureDecoder"/>.</summary>
internal static class SignatureEncoder
{
    public static string Encode(SignatureEncoding encoding, ReadOnlySpan<byte> signature) => encoding switch
    {
        SignatureEncoding.Hex => Convert.ToHexStringLower(signature),
        SignatureEncoding.Base64 => Convert.ToBase64String(signature),
        SignatureEncoding.Base64Url => Base64Url.EncodeToString(signature),
        SignatureEncoding.Base64Hex => Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature))),
        SignatureEncoding.Text => Encoding.Latin1.GetString(signature),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "An encoding without a spelling."),
    };
}
