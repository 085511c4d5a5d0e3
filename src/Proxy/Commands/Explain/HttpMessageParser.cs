using System.Text;
using Proxy.Webhooks.Messages;

namespace Proxy.Commands.Explain;

/// <summary>
/// Reads captured messages: a request line, field lines, an empty line, the body. Lines end with CRLF or LF, for a capture that went
/// through an editor; the body's bytes are never touched.
/// </summary>
internal static class HttpMessageParser
{
    /// <exception cref="UsageException">The bytes are no such message.</exception>
    public static CapturedRequest ParseMessage(string source, ReadOnlyMemory<byte> message)
    {
        var (head, body) = Split(message);
        var lines = Lines(head);
        if (body is null || lines is not [var first, .. var fields] || first.Split(' ') is not [{ Length: > 0 } method, var target, var version]
            || !version.StartsWith("HTTP/", StringComparison.Ordinal) || RequestTarget.Cut(target) is not { } path)
        {
            throw new UsageException(
                $"{source} is no HTTP message; expected a request line such as \"POST /path HTTP/1.1\", headers, an empty line, the body.");
        }

        return new CapturedRequest(method, path, Fields(source, fields, firstLine: 2), body.Value);
    }

    /// <summary>Headers alone, perhaps with a request line above them and an empty line below.</summary>
    /// <exception cref="UsageException">A line is no header.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> ParseHeaders(string source, ReadOnlyMemory<byte> text)
    {
        var lines = Lines(Split(text).Head);
        var hasRequestLine = lines is [var first, ..] && first.Contains(" HTTP/", StringComparison.Ordinal);
        return Fields(source, hasRequestLine ? lines[1..] : lines, hasRequestLine ? 2 : 1);
    }

    private static (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte>? Body) Split(ReadOnlyMemory<byte> message)
    {
        for (var start = 0; ;)
        {
            var end = message.Span[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return (message, null);
            }

            var isEmpty = end == 0 || (end == 1 && message.Span[start] == '\r');
            if (isEmpty)
            {
                return (message[..start], message[(start + end + 1)..]);
            }

            start += end + 1;
        }
    }

    private static string[] Lines(ReadOnlyMemory<byte> head)
    {
        var text = Encoding.Latin1.GetString(head.Span);
        return text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(static line => line.TrimEnd('\r'))];
    }

    private static List<KeyValuePair<string, string>> Fields(string source, ReadOnlySpan<string> lines, int firstLine)
    {
        var fields = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < lines.Length; i++)
        {
            // RFC 9112, section 5.2: a line that begins with white space goes on with the one before.
            if (lines[i] is [' ' or '\t', ..] && fields.Count > 0)
            {
                fields[^1] = new(fields[^1].Key, $"{fields[^1].Value} {lines[i].Trim()}".Trim());
                continue;
            }

            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || lines[i].AsSpan(0, colon).ContainsAny(" \t"))
            {
                throw new UsageException($"{source}: line {firstLine + i} is no header; expected \"Name: value\".");
            }

            fields.Add(new(lines[i][..colon], lines[i][(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }
}
