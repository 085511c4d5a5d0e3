using System.Net;
using System.Net.Sockets;

namespace Proxy.Tests;

/// <summary>Ports for what cannot be told to choose one itself.</summary>
internal static class FreePort
{
    /// <summary>A loopback port that nobody listens on at the moment.</summary>
    public static int Take()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
