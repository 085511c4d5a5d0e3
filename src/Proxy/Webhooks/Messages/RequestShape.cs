using Microsoft.AspNetCore.Http.Features;

namespace Proxy.Webhooks.Messages;

/// <summary>Recognises messages that two parsers may read differently, or that would turn the connection into something else.</summary>
internal static class RequestShape
{
    private const string ContentLengthThatKestrelSetAside = "X-Content-Length";

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
}
