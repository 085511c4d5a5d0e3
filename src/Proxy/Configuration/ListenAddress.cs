using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Proxy.Configuration;

/// <summary>An address to listen on, as Kestrel reads it, without what Kestrel would stop at or misread.</summary>
internal static class ListenAddress
{
    /// <summary>False where scheme, host or port is missing or wrong; Kestrel takes <c>host:80a</c> for a host.</summary>
    public static bool TryParse(string url, [NotNullWhen(true)] out BindingAddress? address)
    {
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            address = null;
            return false;
        }

        return address.Scheme is "http" or "https" && address.PathBase.Length == 0
            && (address.IsUnixPipe || address.IsNamedPipe || HasHostAndPort(address));
    }

    /// <summary>Whether nobody but this machine can reach it.</summary>
    public static bool IsLoopback(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>A host by which the same machine reaches the listener. Any name but localhost stands for every address.</summary>
    public static string Reachable(BindingAddress address) =>
        !IPAddress.TryParse(address.Host, out var ip) ? (IsLoopback(address) ? address.Host : IPAddress.Loopback.ToString())
        : ip.Equals(IPAddress.Any) ? IPAddress.Loopback.ToString()
        : ip.Equals(IPAddress.IPv6Any) ? $"[{IPAddress.IPv6Loopback}]"
        : address.Host;

    /// <summary>Whether a listener on one leaves no room for a listener on the other.</summary>
    public static bool Collide(BindingAddress one, BindingAddress other)
    {
        if (one.IsUnixPipe || one.IsNamedPipe || other.IsUnixPipe || other.IsNamedPipe)
        {
            return one.Host.Equals(other.Host, StringComparison.Ordinal);
        }

        var (a, b) = (Place(one), Place(other));
        return one.Port == other.Port && one.Port != 0 && (Covers(a, b) || Covers(b, a));
    }

    private static bool HasHostAndPort(BindingAddress address) =>
        address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        && (!address.Host.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(address.Host, out _));

    // Any name but localhost stands for every address of the machine.
    private static IPAddress Place(BindingAddress address) =>
        IPAddress.TryParse(address.Host, out var ip) ? ip : IsLoopback(address) ? IPAddress.Loopback : IPAddress.IPv6Any;

    // Kestrel's IPv6Any serves IPv4 as well.
    private static bool Covers(IPAddress a, IPAddress b) =>
        a.Equals(b) || a.Equals(IPAddress.IPv6Any) || (a.Equals(IPAddress.Any) && b.AddressFamily == AddressFamily.InterNetwork);
}
