using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Proxy.Webhooks.Capturing;

/// <summary>A request as an HTTP/1.1 message, and the name of the file that keeps it.</summary>
/// <param name="FileName">Begins with the time, so that names sort by age. Ends in <c>.head.http</c> where the body was not read.</param>
/// <param name="Bytes">Request line, headers and body. A chunked body stands there whole, with a Content-Length.</param>
internal sealed record CapturedMessage(string FileName, ReadOnlyMemory<byte> Bytes)
{
    private const int MaxRouteLength = 40;

    /// <summary>Copies a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">Its route's id.</param>
    /// <param name="body">Null where the request was judged by its headers alone, or its body streamed by.</param>
    /// <param name="traceId">As in the answer and the log.</param>
    /// <param name="now">When.</param>
    public static CapturedMessage Copy(HttpContext context, string route, ReadOnlySequence<byte>? body, string traceId, DateTimeOffset now)
    {
        var head = Head(context, body?.Length);
        var bytes = new byte[head.Length + (body?.Length ?? 0)];
        Encoding.Latin1.GetBytes(head, bytes);
        body?.CopyTo(bytes.AsSpan(head.Length));
        return new CapturedMessage($"{now:yyyyMMdd'T'HHmmss.fffffff}-{ToFileName(route)}-{traceId}{(body is null ? ".head.http" : ".http")}", bytes);
    }

    private static string Head(HttpContext context, long? bodyLength)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var head = new StringBuilder().Append($"{request.Method} {request.RawTarget} HTTP/1.1\r\n");
        foreach (var (name, values) in request.Headers)
        {
            // HTTP/2's own; and how the body was cut into pieces, which is no longer so.
            if (name.StartsWith(':') || (bodyLength is not null && name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            foreach (var value in values)
            {
                head.Append($"{name}: {value}\r\n");
            }
        }

        if (bodyLength is { } length && request.Headers.ContentLength is null)
        {
            head.Append($"{HeaderNames.ContentLength}: {length}\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    private static string ToFileName(string route) => string.Concat(
        route.Take(MaxRouteLength).Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' ? letter : '_'));
}
