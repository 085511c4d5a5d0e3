using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Proxy.Webhooks.Messages;

/// <summary>Recognises messages that two parsers may read differently, or that would turn the connection into something else.</summary>
internal static class RequestShape
{
    private const string ContentLengthThatKestrelSetAside = "X-Content-Length";

    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>RFC 1035, 2.3.4.</summary>
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> PlainHost = SearchValues.Create(LettersAndDigits + "-.:[]");
    private static readonly SearchValues<char> Name = SearchValues.Create(LettersAndDigits + "-._");

    public static bool IsWellFormed(HttpContext context)
    {
        var (method, headers) = (context.Request.Method, context.Request.Headers);
        if (headers.Upgrade.Count > 0
            || HttpMethods.IsConnect(method)
            || (!HttpProtocol.IsHttp11(context.Request.Protocol)
                && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }))
        {
            return false;
        }

        // "post" would be routed as POST, signed as "post" and forwarded as POST.
        if (!string.Equals(method, HttpMethods.GetCanonicalizedValue(method), StringComparison.Ordinal))
        {
            return false;
        }

        if (!IsHost(context.Request.Host.Value))
        {
            return false;
        }

        // RFC 9112 6.1: a server that gets this from an HTTP/1.0 client must take the framing for faulty.
        if (headers.TransferEncoding.Count > 0 && HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            return false;
        }

        // Kestrel takes a Content-Length beside a Transfer-Encoding as RFC 9112 6.3 allows, and renames it. RFC 9112 6.1 has it
        // refused by whoever fears smuggling, and that is us. A chunked message that brings the name itself is no loss.
        return headers.TransferEncoding.Count == 0
            || (headers.ContentLength is null && !headers.ContainsKey(ContentLengthThatKestrelSetAside));
    }
    /// <summary>
    /// Names and addresses, with a port or without. RFC 3986 allows more, down to "(a..b", which nobody's host is called, and which throws
    /// where it is to be written into X-Forwarded-Host: the sender would get a 502 for it.
    /// </summary>
    private static bool IsHost(ReadOnlySpan<char> host) => !host.ContainsAnyExcept(PlainHost) || IsNameWithUnderscores(host);

    /// <summary>No name of DNS, but of many a container.</summary>
    private static bool IsNameWithUnderscores(ReadOnlySpan<char> host)
    {
        var colon = host.IndexOf(':');
        var name = colon < 0 ? host : host[..colon];
        var port = colon < 0 ? default : host[(colon + 1)..];
        if (name.IsEmpty || name.ContainsAnyExcept(Name) || port.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            var (start, end) = (label.Start.Value, label.End.Value);
            // Behind the last dot there may be nothing: the root.
            if (end - start > LongestLabel || (start == end && end < name.Length))
            {
                return false;
            }
        }

        return true;
    }
}
