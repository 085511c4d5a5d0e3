namespace Proxy.Tests.EndToEnd;

/// <summary>smarterbot.ai counts a delivery as failed unless it reads one of two bodies, whatever a legacy consumer says.</summary>
public sealed class ReplyBodyTests
{
    private const string Success = "{\"status\":\"success\"}";
    private const string TestReceived = "{\"status\":\"Success: test request received\"}";

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task LegacyAnswer_IsReplacedByTheProvidersOwn()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(
            202, "<html>thanks</html>", ("Content-Type", "text/html"), ("Set-Cookie", "a=b"), ("X-Legacy", "kept"));
        var response = await proxy.SendSignedAsync("smarterbot", Body);

        Assert.Equal((200, Success), (response.Status, response.Text));
        Assert.Equal("application/json", response.Header("Content-Type"));
        Assert.Equal("kept", response.Header("X-Legacy"));
        Assert.Null(response.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData(Success)]
    [InlineData(TestReceived)]
    [InlineData(" " + Success + "\r\n")]
    public async Task AcceptedAnswer_PassesUntouched(string body)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(201, body, ("Content-Type", "text/plain"), ("Set-Cookie", "a=b"));
        var response = await proxy.SendSignedAsync("smarterbot", Body);

        Assert.Equal((201, body), (response.Status, response.Text));
        Assert.Equal("text/plain", response.Header("Content-Type"));
        Assert.Equal("a=b", response.Header("Set-Cookie"));
    }

    [Fact]
    public async Task LongAnswer_IsReplacedWithoutBeingReadToItsEnd()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, new string('x', 100_000));
        Assert.Equal(Success, (await proxy.SendSignedAsync("smarterbot", Body)).Text);
    }

    [Fact]
    public async Task AnswerThatBreaksOff_IsReplaced()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Garbage("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
        Assert.Equal((200, Success), await StatusAndText(proxy));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task AnythingBut2xx_PassesAsItIs(int status)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(status, "no");
        Assert.Equal((status, "no"), await StatusAndText(proxy));
    }

    [Fact]
    public async Task ReplyBodyUpstream_PassesTheAnswerAsItIs()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__smarterbot__ReplyBody"] = "Upstream" });
        Assert.Equal((200, "OK"), await StatusAndText(proxy));
    }

    private static async Task<(int Status, string Text)> StatusAndText(ProxyFixture proxy)
    {
        var response = await proxy.SendSignedAsync("smarterbot", Body);
        return (response.Status, response.Text);
    }
}
