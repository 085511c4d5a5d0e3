using Microsoft.AspNetCore.Http.Features;

namespace Proxy.Webhooks.Messages;

/// <summary>Recognises messages that two parsers may read differently, or that would turn the connection into something else.</summary>
internal static class RequestShape
{
    private const string ContentLengthThatKestrelSetAside = "X-Content-Length";

    public static bool IsWellFormed(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Upgrade.Count > 0
            || HttpMethods.IsConnect(context.Request.Method)
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
        {
            return false;
        }

        // Kestrel takes a Content-Length beside a Transfer-Encoding as RFC 9112 6.3 allows, and renames it. RFC 9112 6.1 has it
        // refused by whoever fears smuggling, and that is us. A chunked message that brings the name itself is no loss.
        return headers.TransferEncoding.Count == 0
            || (headers.ContentLength is null && !headers.ContainsKey(ContentLengthThatKestrelSetAside));
    }
}
