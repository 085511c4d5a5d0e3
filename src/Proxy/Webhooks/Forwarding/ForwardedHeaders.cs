using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Proxy.Webhooks.Messages;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Takes off what must not go on, before anything is judged: what is verified and fingerprinted is then what the upstream gets.</summary>
internal static class ForwardedHeaders
{
    /// <summary>
    /// YARP drops the standard hop-by-hop headers (RFC 9110, 7.6.1). Left are: those the sender nominates in Connection, Trailer
    /// (the trailers themselves are not forwarded), and an empty Host, which would go beside the destination's. And the header
    /// that is ours, in every spelling.
    /// </summary>
    /// <param name="headers">The request's.</param>
    /// <param name="watched">Names of headers to look for on the way: one pass over the headers does for both.</param>
    /// <param name="found">Takes those that are there; may be null when none is watched.</param>
    /// <returns>What the names are made of.</returns>
    public static NameScan Clean(IHeaderDictionary headers, string[] watched, DispatchHeaders? found)
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

        NameScan names;
        while (Scan(headers, watched, found, out names) is { } forged)
        {
            headers.Remove(forged);
            found?.Clear();
        }

        return names;
    }

    /// <summary>Notes what is watched. Ends at a header that passes for ours, by whatever spelling, and names it.</summary>
    private static string? Scan(IHeaderDictionary headers, string[] watched, DispatchHeaders? found, out NameScan names)
    {
        names = NameScan.Plain;
        foreach (var (name, value) in headers)
        {
            if (VerifiedHeader.Is(name))
            {
                return name;
            }

            names = names.With(name);
            foreach (var wanted in watched)
            {
                if (CgiName.AreSame(name, wanted))
                {
                    found!.Add(wanted, value);
                }
            }
        }

        return null;
    }

    private static void RemoveNominated(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var line in connection)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan(range).Trim(" \t");
                if (!name.IsEmpty && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
                {
                    headers.Remove(name.ToString());
                }
            }
        }
    }
}
