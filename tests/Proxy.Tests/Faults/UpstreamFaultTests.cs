using System.Net.Sockets;
using System.Text;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>An upstream that speaks no HTTP, too slowly, or without end. The provider's retry passes where nothing was processed.</summary>
public sealed class UpstreamFaultTests
{
    private const string Route = "smarterbot";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Theory]
    [InlineData("no HTTP at all")]
    [InlineData("HTTP/1.1 200\r\nX\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")]
    public async Task Garbage_IsABadGatewayAndTheRetryPasses(string garbage)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = _ => ConsumerReply.Garbage(garbage);
        await AssertRetryPassesAsync(proxy, 502);
    }

    [Fact]
    public async Task HeadersWithoutEnd_AreABadGatewayAndTheRetryPasses()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = _ => ConsumerReply.Garbage("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Same: 1\r\n", 20_000)));
        await AssertRetryPassesAsync(proxy, 502);
    }

    [Theory]
    [InlineData("H")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ")]
    public async Task AnswerThatTrickles_IsAGatewayTimeoutAndTheRetryPasses(string begin)
    {
        await using var proxy = await StartImpatientAsync();
        var never = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => new ConsumerReply { Head = Encoding.ASCII.GetBytes(begin), BeforeBody = never.Task };
        // The same bytes again: what is signed later is another webhook, which would pass anyway.
        var request = Genuine(proxy);
        var answer = proxy.SendAsync(request);
        await proxy.Consumer.WaitForRequestAsync();
        proxy.Clock.Advance(Patience);
        Assert.Equal(504, (await answer).Status);

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task AnswerWithoutABodyThatWasPromised_IsAGatewayTimeoutAndWasProcessed()
    {
        await using var proxy = await StartImpatientAsync();
        var never = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => new ConsumerReply { Head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), BeforeBody = never.Task };
        var request = Genuine(proxy);
        var answer = proxy.SendAsync(request);
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_upstream_responses_total", ("route", Route), ("code", "2xx")) == 1, "the answer's headers at the proxy");
        proxy.Clock.Advance(Patience);
        Assert.Equal(504, (await answer).Status);
        // The destination's fault, for its health.
        Assert.Contains(proxy.Log.Lines, static line => line.Text.Contains("(ResponseBodyDestination)", StringComparison.Ordinal));
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task SilenceLongerThanTheClustersActivityTimeout_IsAGatewayTimeoutAndTheRetryPasses()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["ReverseProxy__Clusters__consumer__HttpRequest__ActivityTimeout"] = $"{Patience}",
        });
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200) with { BeforeHead = new TaskCompletionSource().Task };
        var answer = proxy.SendSignedAsync(Route, Body);
        await proxy.Consumer.WaitForRequestAsync();
        proxy.Clock.Advance(Patience);
        Assert.Equal(504, (await answer).Status);

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
    }

    [Fact]
    public async Task AnswerBeforeTheBodyIsRead_GoesToTheProvider()
    {
        // Large enough that no socket takes it all.
        var body = new byte[16 * 1024 * 1024];
        using var hasty = LoopbackListener.Open();
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["Webhooks__Policies__smarterbot__MaxBodyBytes"] = $"{body.Length}",
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = $"http://{hasty.LocalEndPoint}/",
        });

        var answer = proxy.SendSignedAsync(Route, body);
        using var connection = await hasty.AcceptAsync();
        await connection.ReceiveAsync(new byte[1]);
        await connection.SendAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        connection.Shutdown(SocketShutdown.Both);

        Assert.Contains((await answer).Status, new[] { 413, 502 });
        await Deadline.Until(async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 0, "the body given back");
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsCutOffAndWasProcessed()
    {
        await using var proxy = await StartImpatientAsync();
        var never = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => new ConsumerReply { Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"u8.ToArray(), BeforeBody = never.Task };
        using var client = await proxy.ConnectAsync();
        var request = Genuine(proxy);
        await client.SendAsync(request);
        Assert.Equal(200, (await client.ReadHeadAsync()).Status);
        proxy.Clock.Advance(Patience);
        _ = await client.ReadToEndAsync();

        // Its headers said 2xx: a retry is told so.
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    private static byte[] Genuine(ProxyFixture proxy) => RawRequest.Post(
        "/webhooks/smarterbot", Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));

    private static Task<ProxyFixture> StartImpatientAsync() => ProxyFixture.StartAsync(environment: new Dictionary<string, string>
    {
        ["Webhooks__Policies__smarterbot__Upstream__TotalTimeout"] = $"{Patience}",
        ["Webhooks__Policies__smarterbot__ReplyBody"] = "Upstream",
    });

    private static async Task AssertRetryPassesAsync(ProxyFixture proxy, int status)
    {
        Assert.Equal(status, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("webhook_upstream_responses_total", ("route", Route), ("code", "error")));

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }
}
