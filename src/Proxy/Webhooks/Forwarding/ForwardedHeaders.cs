using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Takes off what belongs to one connection only (RFC 9110, 7.6.1) before a request goes on.</summary>
internal static class ForwardedHeaders
{
    /// <summary>
    /// YARP drops the standard hop-by-hop headers. Left are: those the sender nominates in Connection, Expect (an upstream that
    /// ignores it would cost a second), and Trailer (the trailers themselves are not forwarded).
    /// </summary>
    public static void RemoveHopByHop(IHeaderDictionary headers)
    {
        if (headers.Connection is { Count: > 0 } connection)
        {
            RemoveNominated(headers, connection);
        }

        // Removed, not emptied: YARP takes an empty value for a header.
        headers.Remove(HeaderNames.Expect);
        headers.Remove(HeaderNames.Trailer);
    }

    private static void RemoveNominated(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var line in connection)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan(range).Trim();
                if (!name.IsEmpty && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
                {
                    headers.Remove(name.ToString());
                }
            }
        }
    }
}
