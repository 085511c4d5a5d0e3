using System.Globalization;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace Proxy.Webhooks.Sources;

/// <summary>
/// Finds the address that a request came from, through the load balancers that the operator has declared. Every hop writes down,
/// at the right end of <c>X-Forwarded-For</c>, whom it heard from: read from the right, each entry is as good as the hop that wrote it.
/// </summary>
internal static class ForwardedFor
{
    public const string HeaderName = "X-Forwarded-For";

    /// <summary>Makes the sender's address that of the connection, where declared hops vouch for it.</summary>
    /// <param name="context">The request; its headers stay as they are.</param>
    /// <param name="trusted">The hops whose word counts.</param>
    public static void Apply(HttpContext context, NetworkList trusted)
    {
        var connection = context.Connection;
        if (!trusted.Contains(connection.RemoteIpAddress))
        {
            return;
        }

        var peer = new Hop(connection.RemoteIpAddress, connection.RemotePort);
        var source = Find(peer, context.Request.Headers[HeaderName], trusted);
        if (source != peer)
        {
            connection.RemoteIpAddress = source.Address;
            connection.RemotePort = source.Port;
        }
    }

    /// <summary>
    /// The first hop from the right that is not trusted, else the leftmost. An entry that is no address ends the search at the hop that
    /// wrote it: what was to be hidden or forged then has that hop's address, never one of its own choice.
    /// </summary>
    /// <param name="peer">Who is at the other end of the connection.</param>
    /// <param name="lines">The header's lines in the order of their arrival.</param>
    /// <param name="trusted">The hops whose word counts.</param>
    internal static Hop Find(Hop peer, StringValues lines, NetworkList trusted)
    {
        var source = peer;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var rest = lines[i].AsSpan();
            while (true)
            {
                var comma = rest.LastIndexOf(',');
                if (!trusted.Contains(source.Address) || !TryParse(rest[(comma + 1)..].Trim(" \t"), out var next))
                {
                    return source;
                }

                source = next;
                if (comma < 0)
                {
                    break;
                }

                rest = rest[..comma];
            }
        }

        return source;
    }

    /// <summary>An address, perhaps with a port: <c>203.0.113.7</c>, <c>203.0.113.7:4711</c>, <c>2001:db8::7</c>, <c>[2001:db8::7]:4711</c>.</summary>
    private static bool TryParse(ReadOnlySpan<char> entry, out Hop hop)
    {
        hop = default;
        var isBracketed = entry is ['[', ..];
        var end = isBracketed ? entry.IndexOf(']') : entry.Count(':') == 1 ? entry.IndexOf(':') : entry.Length;
        if (end < 0)
        {
            return false;
        }

        var address = isBracketed ? entry[1..end] : entry[..end];
        var rest = isBracketed ? entry[(end + 1)..] : entry[end..];
        var port = (ushort)0;
        if (!rest.IsEmpty && (rest[0] != ':' || !ushort.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            return false;
        }

        if ((isBracketed && !address.Contains(':')) || !AddressText.TryParse(address, out var parsed))
        {
            return false;
        }

        hop = new Hop(parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed, port);
        return true;
    }
}

/// <summary>Somebody a request passed through, or came from.</summary>
/// <param name="Address">Null behind a Unix socket.</param>
/// <param name="Port">0 where it is not known.</param>
internal readonly record struct Hop(IPAddress? Address, int Port);
