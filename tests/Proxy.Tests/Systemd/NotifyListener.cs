using System.Net.Sockets;
using System.Text;

namespace Proxy.Tests.Systemd;

/// <summary>Listens as a service manager does: a Unix datagram socket, in the file system or of an abstract name.</summary>
internal sealed class NotifyListener : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _datagram = new byte[4096];

    public NotifyListener(bool isAbstract = false)
    {
        var path = Path.Combine(_directory.FullName, "socket");
        Address = isAbstract ? $"@{path}" : path;
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{path}" : path));
    }

    /// <summary>What <c>NOTIFY_SOCKET</c> says.</summary>
    public string Address { get; }

    /// <summary>The next message.</summary>
    public async Task<string> ReceiveAsync()
    {
        var length = await Deadline.Within(_socket.ReceiveAsync(_datagram), "a message to the service manager");
        return Encoding.UTF8.GetString(_datagram, 0, length);
    }

    /// <summary>The next message but signs of life.</summary>
    public async Task<string> ReceiveNewsAsync()
    {
        string message;
        do
        {
            message = await ReceiveAsync();
        }
        while (message == "WATCHDOG=1\n");
        return message;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _directory.Delete(recursive: true);
    }
}
