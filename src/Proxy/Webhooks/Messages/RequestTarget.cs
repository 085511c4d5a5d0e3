using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Proxy.Webhooks.Messages;

/// <summary>
/// Decides whether a request target may be forwarded as it is. Kestrel routes by a decoded, normalised path, while we forward
/// the raw bytes: wherever the two could mean different resources to the upstream, the target is refused.
/// </summary>
internal static class RequestTarget
{
    private const int MaxStackBytes = 512;

    /// <summary>Escapes of escapes of escapes: nothing honest goes deeper, and each level costs a pass over the path.</summary>
    private const int MaxEscapeDepth = 3;

    /// <summary>Legal characters of a target that need no second look: RFC 3986 unreserved (but the dot) and reserved.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@/?[]\"<>^`{|}");

    /// <summary>
    /// The target in origin form, or null when it is malformed: dot segments in any spelling, a backslash, a fragment, control or
    /// non-ASCII characters, escapes that are no UTF-8 (an overlong "%c0%ae" is a dot to some).
    /// </summary>
    public static string? ToOriginForm(string raw) =>
        Cut(raw) is { } origin && (!origin.AsSpan().ContainsAnyExcept(Plain) || IsWellFormed(origin)) ? origin : null;

    /// <summary>The target in origin form, well-formed or not, and not a character in it another; null where it has no path, such as <c>*</c>.</summary>
    public static string? Cut(string raw)
    {
        if (raw is ['/', ..])
        {
            return raw;
        }

        // Absolute form: the authority ends at the first slash after "://"; without one the path is "/".
        var authority = raw.IndexOf("://", StringComparison.Ordinal);
        if (authority <= 0)
        {
            return null;
        }

        var path = raw.AsSpan(authority + 3).IndexOfAny('/', '?');
        var origin = path < 0 ? "/" : raw[(authority + 3 + path)..];
        return origin[0] == '/' ? origin : "/" + origin;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> target)
    {
        // Raw target: ASCII without controls, space, '#', '\'.
        foreach (var c in target)
        {
            if (c is <= ' ' or >= '\u007f' or '#' or '\\')
            {
                return false;
            }
        }

        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        byte[]? rented = null;
        var decoded = path.Length <= MaxStackBytes
            ? stackalloc byte[MaxStackBytes]
            : (rented = ArrayPool<byte>.Shared.Rent(path.Length));
        var length = Encoding.ASCII.GetBytes(path, decoded);
        var valid = TryDecodeFully(decoded, ref length) && Utf8.IsValid(decoded[..length]) && !HasDotSegment(decoded[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return valid;
    }

    /// <summary>
    /// Decodes escapes in place until none is left, so that an upstream which decodes twice sees nothing that we did not.
    /// False for control characters, for escapes nested too deep to follow, and for the "%u002e" of old Windows servers.
    /// </summary>
    private static bool TryDecodeFully(Span<byte> text, ref int length)
    {
        var depth = 0;
        for (var again = true; again; depth++)
        {
            again = false;
            var to = 0;
            for (var from = 0; from < length; from++)
            {
                var b = text[from];
                if (b == '%' && IsHex(text[..length], from + 1, 2))
                {
                    b = (byte)((HexValue(text[from + 1]) << 4) | HexValue(text[from + 2]));
                    from += 2;
                    again = true;
                }
                else if (b == '%' && from + 1 < length && (text[from + 1] | 0x20) == 'u' && IsHex(text[..length], from + 2, 4))
                {
                    return false;
                }

                if (b is < (byte)' ' or 0x7f)
                {
                    return false;
                }

                text[to++] = b;
            }

            length = to;
            if (again && depth == MaxEscapeDepth)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A segment is what stands between slashes of either kind, without the parameters that follow a ";".</summary>
    private static bool HasDotSegment(ReadOnlySpan<byte> path)
    {
        while (true)
        {
            var end = path.IndexOfAny((byte)'/', (byte)'\\');
            var segment = end < 0 ? path : path[..end];
            var parameters = segment.IndexOf((byte)';');
            var name = parameters < 0 ? segment : segment[..parameters];
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            {
                return true;
            }

            if (end < 0)
            {
                return false;
            }

            path = path[(end + 1)..];
        }
    }

    private static bool IsHex(ReadOnlySpan<byte> text, int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            if (i >= text.Length || !char.IsAsciiHexDigit((char)text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
