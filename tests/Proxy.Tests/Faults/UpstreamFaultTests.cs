using System.Text;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>An upstream that speaks no HTTP, too slowly, or without end. The provider's retry passes where nothing was processed.</summary>
public sealed class UpstreamFaultTests
{
    private const string Route = "smarterbot";

    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Theory]
    [InlineData("no HTTP at all")]
    [InlineData("HTTP/1.1 200\r\nX\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("\0\0\0\0")]
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
        Assert.Equal(504, (await proxy.SendSignedAsync(Route, Body)).Status);

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task AnswerWithoutABodyThatWasPromised_IsAGatewayTimeoutAndWasProcessed()
    {
        await using var proxy = await StartImpatientAsync();
        var never = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => new ConsumerReply { Head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), BeforeBody = never.Task };
        Assert.Equal(504, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsCutOffAndWasProcessed()
    {
        await using var proxy = await StartImpatientAsync();
        var never = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => new ConsumerReply { Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"u8.ToArray(), BeforeBody = never.Task };
        using var client = await proxy.ConnectAsync();
        var request = RawRequest.Post(
            "/webhooks/smarterbot", Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));
        await client.SendAsync(request);
        Assert.Equal(200, (await client.ReadHeadAsync()).Status);
        _ = await client.ReadToEndAsync();

        // Its headers said 2xx: a retry is told so.
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    private static Task<ProxyFixture> StartImpatientAsync() => ProxyFixture.StartAsync(environment: new Dictionary<string, string>
    {
        ["Webhooks__Policies__smarterbot__Upstream__TotalTimeout"] = "00:00:01",
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
