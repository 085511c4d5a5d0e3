using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Bodies that are too long, too slow, cut off or encoded, over a real socket.</summary>
public sealed class BodyTests
{
    private const string Route = "protocol";
    private const string Target = "/webhooks/protocol";
    private const int Limit = 1000;

    private static readonly Dictionary<string, string> SmallLimit = new()
    {
        ["Webhooks__Policies__protocol__MaxBodyBytes"] = "1000",
        ["Webhooks__Policies__protocol__BodyTimeout"] = "00:00:03",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AtTheLimit_Passes(bool chunked)
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: SmallLimit);
        var response = await proxy.SendAsync(Request(new byte[Limit], chunked));
        Assert.Equal(200, response.Status);
        Assert.Equal(Limit, Assert.Single(proxy.Consumer.Requests).Body.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneByteOverTheLimit_IsRefused(bool chunked)
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: SmallLimit);
        await proxy.AssertRefusedAsync(Route, Request(new byte[Limit + 1], chunked), 413, "body_too_large");
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes"));
    }

    [Fact]
    public async Task HalfABodyThenTheEnd_IsCountedAsIncomplete()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(Request("0123456789"u8, chunked: false).AsMemory()[..^5]);
        client.HalfClose();
        // Kestrel takes the end of a message's middle for the end of the connection: there is nobody to answer.
        await client.ReadToEndAsync();
        await proxy.AssertCountedAsync(Route, "body_incomplete");
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task BrokenChunk_IsRefusedAsIncomplete()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var head = Encoding.Latin1.GetString(Request("0123456789"u8, chunked: true)).Split("\r\n\r\n")[0];
        await proxy.AssertRefusedAsync(Route, Encoding.Latin1.GetBytes(head + "\r\n\r\nzz\r\n0123456789\r\n0\r\n\r\n"), 400, "body_incomplete");
    }

    [Fact]
    public async Task NulInATrailer_EndsTheConnectionAndIsNoErrorOfOurs()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Encoding.Latin1.GetString(Request("0123456789"u8, chunked: true));
        using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync(request[..^2] + "X-Late: a\0b\r\n\r\n");
            Assert.Empty(await client.ReadToEndAsync());
        }

        await proxy.AssertCountedAsync(Route, "body_incomplete");
        await proxy.StopAsync();
        Assert.DoesNotContain(proxy.Log.Lines, static line => line.Level >= LogLevel.Error);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EmptyBody_ReachesTheConsumerWithItsLengthAndWithoutChunks(bool chunked)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        (string, string)[] headers = [("Content-Type", "application/json"), ProviderSignature.Protocol(ProxyFixture.Secret, [])];
        var request = chunked ? RawRequest.PostChunked(Target, [], 1, headers) : RawRequest.Post(Target, [], headers);
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal("0", received.Header("Content-Length"));
        Assert.Null(received.Header("Transfer-Encoding"));
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF")]
    [InlineData("80000000")]
    public async Task ChunkSizeThatNoIntegerHolds_IsRefused(string size)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var head = Encoding.Latin1.GetString(RawRequest.PostChunked(Target, [], 1, ProviderSignature.Protocol(ProxyFixture.Secret, [])));
        head = head[..head.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        await proxy.AssertRefusedAsync(Route, Encoding.Latin1.GetBytes($"{head}\r\n\r\n{size}\r\n0123456789\r\n0\r\n\r\n"), 400, "body_incomplete");
    }

    [Fact]
    public async Task SlowerThanTheTimeout_IsRefusedAndTheConnectionCloses()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: SmallLimit);
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(Request("0123456789"u8, chunked: false).AsMemory()[..^5]);
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 5, "the first half to be charged");
        proxy.Clock.Advance(TimeSpan.FromSeconds(4));

        var response = await client.ReadResponseAsync();
        Refusals.AssertProblem(response, 408);
        Assert.Equal("close", response.Header("Connection"));
        await proxy.AssertCountedAsync(Route, "body_timeout");
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ExpectContinue_IsAnsweredAndNotForwarded()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = await proxy.ConnectAsync();
        var body = "{}"u8.ToArray();
        await client.SendAsync(RawRequest.Head(
            "POST", Target, ("Expect", "100-continue"), ("Content-Length", "2"), ProviderSignature.Protocol(ProxyFixture.Secret, body)));
        Assert.Equal(100, (await client.ReadHeadAsync()).Status);
        await client.SendAsync(body);
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Null(Assert.Single(proxy.Consumer.Requests).Header("Expect"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("200-ok")]
    public async Task ExpectOfSomethingElse_IsNotForwarded(string expected)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var response = await proxy.SendAsync(RawRequest.Post(
            Target, "{}"u8, ("Expect", expected), ProviderSignature.Protocol(ProxyFixture.Secret, "{}"u8)));
        Assert.Equal(200, response.Status);
        Assert.Null(Assert.Single(proxy.Consumer.Requests).Header("Expect"));
    }

    [Fact]
    public async Task ExpectContinueWithoutSignature_IsRefusedBeforeTheBodyIsAskedFor()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(RawRequest.Head("POST", Target, ("Expect", "100-continue"), ("Content-Length", "1000000")));
        Assert.Equal(400, (await client.ReadHeadAsync()).Status);
    }

    [Fact]
    public async Task GzipBody_IsVerifiedAndForwardedAsTheBytesOnTheWire()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write("{\"a\":1}"u8);
        }

        var wire = buffer.ToArray();
        var response = await proxy.SendAsync(RawRequest.Post(
            Target, wire, ("Content-Encoding", "gzip"), ProviderSignature.Protocol(ProxyFixture.Secret, wire)));
        Assert.Equal(200, response.Status);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(wire, received.Body);
        Assert.Equal("gzip", received.Header("Content-Encoding"));
    }

    [Fact]
    public async Task Chunked_ReachesTheConsumerWithAContentLengthAndWithoutTrailers()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var body = Encoding.ASCII.GetBytes(new string('a', 5000));
        var request = Encoding.Latin1.GetString(RawRequest.PostChunked(
            Target, body, 700, ("Trailer", "X-Late"), ProviderSignature.Protocol(ProxyFixture.Secret, body)));
        var response = await proxy.SendAsync(Encoding.Latin1.GetBytes(request[..^2] + "X-Late: 1\r\n\r\n"));

        Assert.Equal(200, response.Status);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(body, received.Body);
        Assert.Equal("5000", received.Header("Content-Length"));
        Assert.All(["Transfer-Encoding", "Trailer", "X-Late"], name => Assert.Null(received.Header(name)));
    }

    [Fact]
    public async Task EarlyRefusalOfALargeBody_ClosesTheConnectionInsteadOfDrainingIt()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(RawRequest.Head("POST", Target, ("Content-Length", "70000")));
        var response = await client.ReadResponseAsync();
        Refusals.AssertProblem(response, 400);
        Assert.Equal("close", response.Header("Connection"));
    }

    [Fact]
    public async Task EarlyRefusalOfASmallBody_KeepsTheConnection()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = await proxy.ConnectAsync();
        await client.SendAsync(RawRequest.Post(Target, "{}"u8));
        Refusals.AssertProblem(await client.ReadResponseAsync(), 400);
        await client.SendAsync(Request("{}"u8, chunked: false));
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    private static byte[] Request(ReadOnlySpan<byte> body, bool chunked)
    {
        var signature = ProviderSignature.Protocol(ProxyFixture.Secret, body);
        return chunked ? RawRequest.PostChunked(Target, body, 100, signature) : RawRequest.Post(Target, body, signature);
    }
}
