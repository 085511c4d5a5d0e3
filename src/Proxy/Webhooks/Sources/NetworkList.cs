using System.Net;
using System.Net.Sockets;

namespace Proxy.Webhooks.Sources;

/// <summary>Networks, as an operator lists them. Immutable.</summary>
internal sealed class NetworkList(IReadOnlyList<IPNetwork> networks)
{
    private const int MappedPrefixLength = 96;

    public static NetworkList Empty { get; } = new([]);

    public bool IsEmpty => networks.Count == 0;

    /// <summary>Whether one of them holds the address; never for none, which is what a peer behind a Unix socket has.</summary>
    public bool Contains(IPAddress? address)
    {
        // A dual-mode socket shows IPv4 peers as IPv6; networks are written as people know them.
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        for (var i = 0; i < networks.Count; i++)
        {
            if (plain is not null && networks[i].Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A block in CIDR form, or an address, which counts as the block that holds only it.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!AddressText.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            return false;
        }

        if (slash < 0)
        {
            network = Plain(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            return true;
        }

        // The parser clears bits beyond the prefix; somebody who wrote 10.0.0.1/8 may have meant one address or many.
        if (!IPNetwork.TryParse(text, out network) || !network.BaseAddress.Equals(address))
        {
            return false;
        }

        network = Plain(network);
        return true;
    }

    /// <summary>In CIDR form, separated by commas.</summary>
    public override string ToString() => string.Join(',', networks);

    /// <summary>IPv4 written as IPv6 is IPv4: addresses are compared as such.</summary>
    private static IPNetwork Plain(IPNetwork network) =>
        network.BaseAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } mapped && network.PrefixLength >= MappedPrefixLength
            ? new IPNetwork(mapped.MapToIPv4(), network.PrefixLength - MappedPrefixLength)
            : network;
}
