using System.Buffers;

namespace Proxy.Webhooks.Messages;

/// <summary>
/// Decides whether a request target may be forwarded as it is. Kestrel routes by a decoded, normalised path, while we forward
/// the raw bytes: wherever the two could mean different resources to the upstream, the target is refused.
/// </summary>
internal static class RequestTarget
{
    private const int MaxStackChars = 512;

    /// <summary>Escapes of escapes of escapes: nothing honest goes deeper, and each level costs a pass over the path.</summary>
    private const int MaxEscapeDepth = 3;

    /// <summary>Legal characters of a target that need no second look: RFC 3986 unreserved (but the dot) and reserved.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@/?[]\"<>^`{|}");

    /// <summary>
    /// The target in origin form, or null when it is malformed: dot segments in any spelling, a backslash, a fragment, control or
    /// non-ASCII characters.
    /// </summary>
    public static string? ToOriginForm(string raw)
    {
        var origin = raw;
        if (raw.Length == 0 || raw[0] != '/')
        {
            // Absolute form: the authority ends at the first slash after "://"; without one the path is "/".
            var authority = raw.IndexOf("://", StringComparison.Ordinal);
            if (authority <= 0)
            {
                return null;
            }

            var path = raw.AsSpan(authority + 3).IndexOfAny('/', '?');
            origin = path < 0 ? "/" : raw[(authority + 3 + path)..];
            origin = origin[0] == '/' ? origin : "/" + origin;
        }

        return !origin.AsSpan().ContainsAnyExcept(Plain) || IsWellFormed(origin) ? origin : null;
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
        if (path.IndexOf('%') < 0)
        {
            return !HasDotSegment(path);
        }

        char[]? rented = null;
        var decoded = path.Length <= MaxStackChars
            ? stackalloc char[MaxStackChars]
            : (rented = ArrayPool<char>.Shared.Rent(path.Length));
        path.CopyTo(decoded);
        var valid = TryDecodeFully(decoded, path.Length, out var length) && !HasDotSegment(decoded[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return valid;
    }

    /// <summary>
    /// Decodes escapes in place until none is left, so that an upstream which decodes twice sees nothing that we did not.
    /// False for control characters, and for escapes nested too deep to follow.
    /// </summary>
    private static bool TryDecodeFully(Span<char> text, int length, out int decodedLength)
    {
        decodedLength = length;
        var depth = 0;
        for (var again = true; again; depth++)
        {
            again = false;
            var to = 0;
            for (var from = 0; from < decodedLength; from++)
            {
                var c = text[from];
                if (c == '%' && from + 2 < decodedLength && char.IsAsciiHexDigit(text[from + 1]) && char.IsAsciiHexDigit(text[from + 2]))
                {
                    c = (char)((HexValue(text[from + 1]) << 4) | HexValue(text[from + 2]));
                    from += 2;
                    again = true;
                }

                if (c is < ' ' or '\u007f')
                {
                    return false;
                }

                text[to++] = c;
            }

            decodedLength = to;
            if (again && depth == MaxEscapeDepth)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A segment is what stands between slashes of either kind, without the parameters that follow a ";".</summary>
    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        while (true)
        {
            var end = path.IndexOfAny('/', '\\');
            var segment = end < 0 ? path : path[..end];
            var parameters = segment.IndexOf(';');
            if ((parameters < 0 ? segment : segment[..parameters]) is "." or "..")
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

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
