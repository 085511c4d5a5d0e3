using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>One TCP connection that sends exactly the bytes it is given, however malformed, in as many pieces as a test likes.</summary>
internal sealed class RawHttpClient : IDisposable
{
    private readonly Socket _socket;
    private readonly HttpWire _wire;

    private RawHttpClient(Socket socket)
    {
        _socket = socket;
        _wire = new HttpWire(socket);
    }

    public static async Task<RawHttpClient> ConnectAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
        return new RawHttpClient(socket);
    }

    /// <summary>A request of its own connection, answered.</summary>
    public static async Task<RawResponse> SendAsync(Uri server, ReadOnlyMemory<byte> request)
    {
        using var client = await ConnectAsync(server);
        await client.SendAsync(request);
        return await client.ReadResponseAsync();
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await Deadline.Within(_socket.SendAsync(bytes, SocketFlags.None).AsTask(), "bytes to be taken");
            bytes = bytes[sent..];
        }
    }

    /// <summary>Each char is one byte.</summary>
    public Task SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    /// <summary>The final response; a "100 Continue" before it is passed over.</summary>
    /// <param name="toHead">Whether it answers a HEAD request, whose response has no body whatever its headers say.</param>
    public Task<RawResponse> ReadResponseAsync(bool toHead = false) => Deadline.Within(ReadFinalAsync(toHead), "a response");

    /// <summary>Status line and headers only, for tests that look before the body is there.</summary>
    public Task<HttpHead> ReadHeadAsync() => Deadline.Within(ReadHeadOrThrowAsync(), "the head of a response");

    /// <summary>Waits until the server closes, in whatever way, and returns what it sent before.</summary>
    public Task<byte[]> ReadToEndAsync() => Deadline.Within(_wire.ReadToEndAsync(), "the end of the connection");

    /// <summary>Says that nothing more will be sent (FIN), and goes on listening.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection off (RST), as a killed process does.</summary>
    public void Abort()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<RawResponse> ReadFinalAsync(bool toHead)
    {
        var head = await ReadHeadOrThrowAsync();
        while (head.Status < 200)
        {
            head = await ReadHeadOrThrowAsync();
        }

        var bodyless = toHead || head.Status is 204 or 304;
        return new RawResponse(head, bodyless ? [] : await _wire.ReadBodyAsync(head, untilClose: true));
    }

    private async Task<HttpHead> ReadHeadOrThrowAsync() =>
        await _wire.ReadHeadAsync() ?? throw new EndOfStreamException("The server closed the connection without an answer.");
}
