using System.Net;
using System.Net.Sockets;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

/// <summary>What makes the server, not the proxy, log a line with a stack trace. Anybody can send it.</summary>
public sealed class NoisyServerTests
{
    private const int Times = 1000;

    /// <summary>There are ten lines of a kind in ten seconds: a machine that is many times slower than usual still has few.</summary>
    private const int MostLines = Times / 2;

    public static TheoryData<string, bool, byte[]> Noise => new()
    {
        { "AppendContentLength", false, "POST /webhooks/tawk HTTP/1.1\r\nHost: a\r\nContent-Length: 123456789012345678901\r\n\r\n"u8.ToArray() },
        { "automatic draining of the request body failed", false, "POST /webhooks/tawk HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: a\0b\r\n\r\n"u8.ToArray() },
        { "OnStaticIndexedHeader", true, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 5, 0, 0, 0, 1, 0x80] },
    };

    [Theory]
    [MemberData(nameof(Noise))]
    public async Task ManyBrokenMessages_DoNotFillTheLog(string line, bool isHttp2, byte[] message)
    {
        await using var consumer = new RecordingConsumer();
        Uri[] listeners = [new($"http://127.0.0.1:{FreePort.Take()}"), new($"http://127.0.0.1:{FreePort.Take()}")];
        await using var proxy = await ProxyProcess.StartAsync(
            consumer.Address,
            ("Kestrel__Endpoints__one__Url", listeners[0].ToString()),
            ("Kestrel__Endpoints__two__Url", listeners[1].ToString()),
            ("Kestrel__Endpoints__two__Protocols", "Http2"));
        for (var i = 0; i < Times; i++)
        {
            await Deadline.Within(SendUntilClosedAsync(listeners[isHttp2 ? 1 : 0].Port, message), "the end of the connection");
        }

        await Deadline.Until(() => Count(proxy, line) > 0, $"a line with {line}");
        Assert.InRange(Count(proxy, line), 1, MostLines);
        Assert.InRange((await proxy.ScrapeAsync()).Sum("webhook_log_suppressed_total"), MostLines, int.MaxValue);
    }

    private static async Task SendUntilClosedAsync(int port, byte[] message)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        try
        {
            _ = await socket.SendAsync(message);
            var answer = new byte[1000];
            while (await socket.ReceiveAsync(answer) > 0)
            {
                // Whatever it says.
            }
        }
        catch (SocketException)
        {
            // Closed with bytes unread.
        }
    }

    private static int Count(ProxyProcess proxy, string text) =>
        proxy.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
}
