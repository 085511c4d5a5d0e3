using System.Buffers;
using System.Buffers.Text;

namespace WebhookVerification.Content.Parts;

/// <summary>
/// HubSpot signs URLs with some escapes decoded and others not
/// (https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation).
/// </summary>
internal static class ReservedEscapes
{
    private const int EscapeLength = 3;

    private static readonly SearchValues<byte> Decoded = SearchValues.Create(":/?@!$'()*,;"u8);

    /// <summary>Returns the new length.</summary>
    public static int DecodeInPlace(Span<byte> url)
    {
        var length = 0;
        for (var i = 0; i < url.Length; i++)
        {
            if (url[i] == '%' && i + EscapeLength <= url.Length
                && Utf8Parser.TryParse(url.Slice(i + 1, EscapeLength - 1), out byte value, out var digits, 'x')
                && digits == EscapeLength - 1 && Decoded.Contains(value))
            {
                url[length++] = value;
                i += EscapeLength - 1;
            }
            else
            {
                url[length++] = url[i];
            }
        }

        return length;
    }
}
