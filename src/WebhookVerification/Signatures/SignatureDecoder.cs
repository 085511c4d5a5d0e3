using System.Buffers;
using System.Buffers.Text;
using System.Text;
using WebhookVerification.Sources;

namespace WebhookVerification.Signatures;

/// <summary>Turns a signature's text into bytes. Text of another alphabet or length, with white space or with spare bits set is refused.</summary>
internal static class SignatureDecoder
{
    /// <summary>The most bytes that <paramref name="characters"/> characters can stand for.</summary>
    public static int MaxDecodedLength(SignatureEncoding encoding, int characters) => encoding switch
    {
        SignatureEncoding.Hex => characters / 2,
        SignatureEncoding.Text => characters,
        _ => (characters * 3 / 4) + 3,
    };

    /// <summary>Decodes into <paramref name="destination"/>, which holds <see cref="MaxDecodedLength"/> bytes.</summary>
    public static bool TryDecode(SignatureEncoding encoding, ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        switch (encoding)
        {
            case SignatureEncoding.Hex:
                return Convert.FromHexString(text, destination, out _, out written) == OperationStatus.Done;
            case SignatureEncoding.Base64:
                // The framework skips white space inside base64; a signature has none.
                written = 0;
                return text.IndexOfAny(" \t\r\n") < 0 && Convert.TryFromBase64Chars(text, destination, out written) && IsTheOnlySpelling(text);
            case SignatureEncoding.Base64Url:
                written = 0;
                return text.IndexOfAny(" \t\r\n") < 0
                    && Base64Url.DecodeFromChars(text, destination, out _, out written) == OperationStatus.Done;
            case SignatureEncoding.Base64Hex:
                return TryDecodeTwice(text, destination, out written);
            case SignatureEncoding.Text:
                return Encoding.Latin1.TryGetBytes(text, destination, out written);
            default:
                written = 0;
                return false;
        }
    }

    /// <summary>
    /// RFC 4648 3.5: the last character may have bits that stand for nothing. The framework takes any; but then a signature has
    /// several spellings, and the upstream that compares text may refuse what was verified here.
    /// </summary>
    private static bool IsTheOnlySpelling(ReadOnlySpan<char> base64) => base64 switch
    {
        [.., var last, '=', '='] => "AQgw".Contains(last),
        [.., var last, '='] => "AEIMQUYcgkosw048".Contains(last),
        _ => true,
    };

    private static bool TryDecodeTwice(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;

        // Not in place: the framework reads some digits again, after it has written.
        Span<byte> digits = stackalloc byte[HeaderField.MaxLength];
        return text.Length <= HeaderField.MaxLength
            && TryDecode(SignatureEncoding.Base64, text, digits, out var length)
            && Convert.FromHexString(digits[..length], destination, out _, out written) == OperationStatus.Done;
    }
}
