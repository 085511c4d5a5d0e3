using System.Text;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Which messages are let near a check at all, and what the consumer gets of those that pass, over a real socket.</summary>
public sealed class MessageTests
{
    private const string Route = "protocol";
    private const string Target = "/webhooks/protocol";

    private static readonly byte[] Body = "{}"u8.ToArray();
    private static readonly (string Name, string Value) Signature = ProviderSignature.Protocol(ProxyFixture.Secret, Body);

    [Fact]
    public async Task GetOnAPostRoute_Is405AndSaysWhatIsAllowed()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var response = await proxy.SendAsync(RawRequest.Get(Target));
        Refusals.AssertProblem(response, 405);
        Assert.Equal("POST", response.Header("Allow"));
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_requests_total"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/webhooks")]
    [InlineData("/webhooks/protocol/more")]
    [InlineData("/webhooks/unknown")]
    public async Task UnknownPath_Is404(string target)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        Refusals.AssertProblem(await proxy.SendAsync(RawRequest.Post(target, Body, Signature)), 404);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData("/admin/../webhooks/protocol")]
    [InlineData("/admin/%2e%2e/webhooks/protocol")]
    [InlineData("/webhooks/./protocol")]
    [InlineData("/webhooks/%2E/protocol")]
    [InlineData("http://hooks.example.com/admin/../webhooks/protocol")]
    public async Task DotSegmentsThatRouteHere_AreRefused(string target)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(target, Body, Signature), 400, "target_malformed");
    }

    [Theory]
    [InlineData("/webhooks/protocol#fragment")]
    [InlineData("/webhooks/protocol\\..\\..\\admin")]
    [InlineData("/webhooks/protocol/..;/admin")]
    [InlineData("/webhooks/protocol%2f..%2fadmin")]
    [InlineData("/webhooks/protocol%00")]
    [InlineData("/webhooks/protocol\u00e9")]
    public async Task TargetsThatAnUpstreamMayReadOtherwise_NeverReachIt(string target)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var response = await proxy.SendAsync(RawRequest.Post(target, Body, Signature));
        Assert.InRange(response.Status, 400, 404);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData("/webhooks/protocol?x=%41&y=a%2Fb%zz&z={}\"<>|^`")]
    [InlineData("/webhooks/protocol?a=/../b&a=..")]
    [InlineData("/webhooks/%70rotocol")]
    public async Task Target_ReachesTheConsumerAsTheSameBytes(string target)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(target, Body, Signature))).Status);
        Assert.Equal(target, Assert.Single(proxy.Consumer.Requests).Target);
    }

    [Fact]
    public async Task TargetsInTurn_EachReachesTheConsumerAsItIs()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        string[] targets = [Target, Target, Target + "?a=%41", Target, Target + "?" + new string('q', 300), Target + "?a=A"];
        foreach (var (target, index) in targets.Select(static (target, index) => (target, index)))
        {
            var body = Encoding.UTF8.GetBytes($"{{\"number\":{index}}}");
            Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(target, body, ProviderSignature.Protocol(ProxyFixture.Secret, body)))).Status);
        }

        Assert.Equal(targets, proxy.Consumer.Requests.Select(static request => request.Target));
    }

    [Fact]
    public async Task AbsoluteForm_IsReducedToItsPath()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var response = await proxy.SendAsync(RawRequest.Post($"http://hooks.example.com{Target}?a=%41", Body, Signature));
        Assert.Equal(200, response.Status);
        Assert.Equal(Target + "?a=%41", Assert.Single(proxy.Consumer.Requests).Target);
    }

    [Theory]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\n")]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")]
    public async Task Upgrade_IsRefused(string headers)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, Raw($"{headers}Content-Length: 2\r\n", "{}"), 400, "request_malformed");
    }

    [Theory]
    [InlineData("Host: x\nX-A: b\r\n")]
    [InlineData("Host: x\r\nX-A: b\n")]
    [InlineData("Host: x\r\nX-A: b\r\n\n")]
    public async Task LineThatEndsInABareLineFeed_IsRefused(string headers)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var genuine = $"{Signature.Name}: {Signature.Value}\r\nContent-Length: 2\r\n";
        var response = await proxy.SendAsync(Encoding.Latin1.GetBytes($"POST {Target} HTTP/1.1\r\n{genuine}{headers}\r\n{{}}"));
        Assert.Equal(400, response.Status);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task MethodInAnotherCase_IsRefused()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Encoding.Latin1.GetString(RawRequest.Post(Target, Body, Signature)).Replace("POST ", "post ", StringComparison.Ordinal);
        await proxy.AssertRefusedAsync(Route, Encoding.Latin1.GetBytes(request), 400, "request_malformed");
    }

    [Fact]
    public async Task HostThatIsNoName_IsRefused()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Encoding.Latin1.GetString(RawRequest.Post(Target, Body, Signature));
        var host = request.Split("\r\n").Single(static line => line.StartsWith("Host:", StringComparison.Ordinal));
        await proxy.AssertRefusedAsync(Route, Encoding.Latin1.GetBytes(request.Replace(host, "Host: (a..b", StringComparison.Ordinal)), 400, "request_malformed");
    }

    [Fact]
    public async Task ChunksFromAnHttp10Client_AreRefused()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Encoding.Latin1.GetString(RawRequest.PostChunked(Target, Body, 10, Signature)).Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal);
        await proxy.AssertRefusedAsync(Route, Encoding.Latin1.GetBytes(request), 400, "request_malformed");
    }

    [Fact]
    public async Task EmptyHost_IsNotForwardedBesideTheDestinations()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Encoding.Latin1.GetString(RawRequest.Post(Target, Body, Signature)).Replace("Host: hooks.example.com", "Host:", StringComparison.Ordinal);
        Assert.Equal(200, (await proxy.SendAsync(Encoding.Latin1.GetBytes(request))).Status);
        var received = Encoding.Latin1.GetString(Assert.Single(proxy.Consumer.Requests).Raw);
        Assert.Equal(2, received.Split("Host:").Length);
    }

    [Fact]
    public async Task SignatureNominatedInConnection_IsNoSignature()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, Signature, ("Connection", Signature.Name)), 400, "signature_missing");
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n")]
    public async Task ContentLengthBesideTransferEncoding_IsRefused(string headers)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, Raw(headers, "2\r\n{}\r\n0\r\n\r\n"), 400, "request_malformed");
    }

    [Theory]
    [InlineData("Content_Length", "1")]
    [InlineData("content.length", "2")]
    [InlineData("Transfer_Encoding", "chunked")]
    public async Task FramingUnderANameThatCgiTakesForTheSame_IsRefused(string name, string value)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, Signature, (name, value)), 400, "request_malformed");
    }

    [Fact]
    public async Task HeaderValues_ReachTheConsumerAsTheSameBytes()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var utf8 = Encoding.Latin1.GetString("Zoë €"u8);
        var response = await proxy.SendAsync(RawRequest.Post(
            Target, Body, Signature, ("X-Name", utf8), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
        Assert.Equal(200, response.Status);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Contains(Encoding.Latin1.GetString("Zoë €"u8), Encoding.Latin1.GetString(received.Raw), StringComparison.Ordinal);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", received.Header("traceparent"));
        Assert.Equal(Signature.Value, received.Header(Signature.Name));
    }

    [Theory]
    [InlineData("X-Webhook-Verified")]
    [InlineData("x-webhook-verified")]
    [InlineData("X_Webhook_Verified")]
    [InlineData("X-WEBHOOK_verified")]
    [InlineData("X.Webhook.Verified")]
    public async Task SpoofedVerifiedHeader_IsReplacedByOurs(string name)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.SendAsync(RawRequest.Post(Target, Body, Signature, (name, "spoofed")));
        var received = Encoding.Latin1.GetString(Assert.Single(proxy.Consumer.Requests).Raw);
        Assert.DoesNotContain("spoofed", received, StringComparison.Ordinal);
        Assert.Contains("X-Webhook-Verified: true\r\n", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnverifiedRoute_ForwardsWithoutOurHeaderAndIsCounted()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["ReverseProxy__Routes__open__ClusterId"] = "consumer",
            ["ReverseProxy__Routes__open__Match__Path"] = "/open",
            ["ReverseProxy__Routes__open__Metadata__WebhookPolicy"] = "none",
        });
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(RawRequest.Head(
            "POST", "/open?x=%41", ("X_Webhook_Verified", "true"), ("Expect", "100-continue"), ("Content-Length", "2")));
        Assert.Equal(100, (await client.ReadHeadAsync()).Status);
        await client.SendAsync(Body);
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal("/open?x=%41", received.Target);
        Assert.Null(received.Header("Expect"));
        Assert.DoesNotContain("verified", Encoding.Latin1.GetString(received.Raw), StringComparison.OrdinalIgnoreCase);
        await proxy.AssertCountedAsync("open", "");
    }

    private static byte[] Raw(string headers, string body) => Encoding.Latin1.GetBytes(
        $"POST {Target} HTTP/1.1\r\nHost: x\r\n{Signature.Name}: {Signature.Value}\r\n{headers}\r\n{body}");
}
