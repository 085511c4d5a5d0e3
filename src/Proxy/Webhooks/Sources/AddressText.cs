using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Proxy.Webhooks.Sources;

/// <summary>Addresses as people write them. The framework also reads 1, 127.1 and 010.0.0.1 (which is 8.0.0.1), as C does, ports and scopes.</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> Legal = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Four decimal numbers without leading zeros, or IPv6 without brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.ContainsAnyExcept(Legal) || !IPAddress.TryParse(text, out var parsed) || (!text.Contains(':') && !text.SequenceEqual(parsed.ToString())))
        {
            return false;
        }

        address = parsed;
        return true;
    }
}
