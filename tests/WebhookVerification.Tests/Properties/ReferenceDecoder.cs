using System.Text;

namespace WebhookVerification.Tests.Properties;

/// <summary>Decodes signatures the slow and obvious way, digit by digit.</summary>
internal static class ReferenceDecoder
{
    private const string Base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Null when the text is not of the encoding.</summary>
    public static byte[]? Hex(string text)
    {
        if (text.Length % 2 != 0 || text.Any(static c => !"0123456789abcdefABCDEF".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        return [.. text.Chunk(2).Select(static pair => (byte)((Digit(pair[0]) << 4) + Digit(pair[1])))];
    }

    /// <summary>RFC 4648 section 4. Padding must be there; bits that stand for nothing must not be set.</summary>
    public static byte[]? Base64(string text)
    {
        if (text.Length % 4 != 0)
        {
            return null;
        }

        var padding = text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0;
        var bytes = Sextets(text[..^padding], Base64Alphabet);
        return bytes is not null && Convert.ToBase64String(bytes) == text ? bytes : null;
    }

    /// <summary>RFC 4648 section 5. Padding may be left out, whole or in part; bits that stand for nothing must not be set.</summary>
    public static byte[]? Base64Url(string text)
    {
        var bare = text.TrimEnd('=');
        if (text.Length - bare.Length > (4 - (bare.Length % 4)) % 4)
        {
            return null;
        }

        var bytes = Sextets(bare, Base64Alphabet.Replace('+', '-').Replace('/', '_'));
        return bytes is not null && Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') == bare ? bytes : null;
    }

    public static byte[]? Base64Hex(string text) => Base64(text) is { } digits ? Hex(Encoding.Latin1.GetString(digits)) : null;

    private static int Digit(char c) => "0123456789abcdef".IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);

    private static byte[]? Sextets(string text, string alphabet)
    {
        if (text.Length % 4 == 1 || text.Any(c => !alphabet.Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        var bits = string.Concat(text.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(6, '0')));
        return [.. bits.Chunk(8).Where(static octet => octet.Length == 8).Select(static octet => Convert.ToByte(new string(octet), 2))];
    }
}
