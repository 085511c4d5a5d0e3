using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>Writes well-formed requests, for tests that are about something else; what is wrong on purpose is written by hand.</summary>
internal static class RawRequest
{
    /// <summary>A POST with a Content-Length.</summary>
    public static byte[] Post(string target, ReadOnlySpan<byte> body, params ReadOnlySpan<(string Name, string Value)> headers) =>
        [.. Head("POST", target, [.. headers, ("Content-Length", $"{body.Length}")]), .. body];

    /// <summary>A POST in chunks of the given size.</summary>
    public static byte[] PostChunked(
        string target, ReadOnlySpan<byte> body, int chunk, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        List<byte> request = [.. Head("POST", target, [.. headers, ("Transfer-Encoding", "chunked")])];
        for (; body.Length > 0; body = body[Math.Min(chunk, body.Length)..])
        {
            var piece = body[..Math.Min(chunk, body.Length)];
            request.AddRange(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"));
            request.AddRange(piece);
            request.AddRange("\r\n"u8);
        }

        request.AddRange("0\r\n\r\n"u8);
        return [.. request];
    }

    /// <summary>A request without a body.</summary>
    public static byte[] Get(string target, params ReadOnlySpan<(string Name, string Value)> headers) => Head("GET", target, headers);

    /// <summary>Request line, Host, the headers and the empty line; each char is one byte.</summary>
    public static byte[] Head(string method, string target, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: hooks.example.com\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }
}
