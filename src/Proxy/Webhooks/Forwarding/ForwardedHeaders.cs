using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Takes off what must not go on, before anything is judged: what is verified and fingerprinted is then what the upstream gets.</summary>
internal static class ForwardedHeaders
{
    /// <summary>
    /// YARP drops the standard hop-by-hop headers (RFC 9110, 7.6.1). Left are: those the sender nominates in Connection, Trailer
    /// (the trailers themselves are not forwarded), and an empty Host, which would go beside the destination's. And the header
    /// that is ours, in every spelling.
    /// </summary>
    public static void Clean(IHeaderDictionary headers)
    {
        if (headers.Connection is { Count: > 0 } connection)
        {
            RemoveNominated(headers, connection);
        }

        // Removed, not emptied: YARP takes an empty value for a header.
        headers.Remove(HeaderNames.Trailer);
        if (StringValues.IsNullOrEmpty(headers.Host))
        {
            headers.Remove(HeaderNames.Host);
        }

        VerifiedHeader.Strip(headers);
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
