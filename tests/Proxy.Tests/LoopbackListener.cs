using System.Net;
using System.Net.Sockets;

namespace Proxy.Tests;

/// <summary>Sockets of tests that speak for themselves.</summary>
internal static class LoopbackListener
{
    /// <summary>A socket that listens on a loopback port of the system's choice.</summary>
    public static Socket Open()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }
}
