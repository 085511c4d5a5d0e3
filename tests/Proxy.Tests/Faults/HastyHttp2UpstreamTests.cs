using System.Net.Sockets;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>Over HTTP/2 an answer can be whole while the body still waits for room, and the client leaves its writing alone.</summary>
public sealed class HastyHttp2UpstreamTests : IDisposable
{
    private const string Route = "smarterbot";
    private const byte Headers = 1, Settings = 4;

    private static readonly byte[] OwnSettings = [0, 0, 0, Settings, 0, 0, 0, 0, 0];
    private static readonly byte[] Acknowledged = [0, 0, 0, Settings, 1, 0, 0, 0, 0];

    // :status 200 of the static table; the end of the headers and of the stream.
    private static readonly byte[] Ok = [0, 0, 1, Headers, 5, 0, 0, 0, 1, 0x88];

    private readonly Socket _listener = LoopbackListener.Open();

    [Fact]
    public async Task AnswerWithoutRoomForTheBody_EndsWithTheCallsTimeAndLeavesNothing()
    {
        // More than the 64 KiB that a stream has room for at first.
        var body = new byte[200_000];
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = $"http://{_listener.LocalEndPoint}/",
            ["ReverseProxy__Clusters__consumer__HttpRequest__Version"] = "2",
            ["ReverseProxy__Clusters__consumer__HttpRequest__VersionPolicy"] = "RequestVersionExact",
            ["Webhooks__Policies__smarterbot__Upstream__TotalTimeout"] = "00:00:01",
        });
        var answer = proxy.SendSignedAsync(Route, body);
        using var connection = await Deadline.Within(_listener.AcceptAsync(), "a connection to the upstream");
        await AnswerAsync(connection);
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_upstream_responses_total", ("route", Route), ("code", "2xx")) == 1, "the answer at the proxy");
        Assert.Equal(200, (await answer).Status);
        Assert.True((await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") > 0, "The body waits for room at the upstream.");

        proxy.Clock.Advance(TimeSpan.FromSeconds(1));
        await Deadline.Until(async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 0, "the body given back");
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Reads until the request's headers are there, and answers them at once.</summary>
    private static async Task AnswerAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection);
        await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length]);
        await stream.WriteAsync(OwnSettings);
        await stream.WriteAsync(Acknowledged);
        var head = new byte[9];
        do
        {
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]]);
        }
        while (head[3] != Headers);

        await stream.WriteAsync(Ok);
    }
}
