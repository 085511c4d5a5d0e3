using System.Net.Sockets;
using System.Text;

namespace Proxy.Systemd;

/// <summary>The socket on which a service manager hears from its services: sd_notify(3), one datagram a message.</summary>
internal sealed class NotifySocket : IDisposable
{
    /// <summary>Names the socket; set by the service manager.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _address;

    private NotifySocket(string address) =>
        // "@" stands for the zero byte that an abstract name begins with.
        _address = new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address);

    /// <summary>Null where no service manager listens, or on a kind of socket that is none of a file or of an abstract name.</summary>
    public static NotifySocket? Open(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(Variable) is { Length: > 1 } address && address[0] is '/' or '@' ? new NotifySocket(address) : null;

    /// <summary>Says one or more <c>NAME=value</c> lines. Does not wait.</summary>
    /// <exception cref="SocketException">Nobody listens any more.</exception>
    public void Send(string message) => _socket.SendTo(Encoding.UTF8.GetBytes(message), _address);

    public void Dispose() => _socket.Dispose();
}
