using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>The harness against itself: what these say wrongly, every end-to-end test would believe.</summary>
public sealed class HarnessTests : IAsyncLifetime
{
    private readonly RecordingConsumer _consumer = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _consumer.DisposeAsync().AsTask();

    [Fact]
    public async Task RequestInPieces_IsRecordedByteByByte()
    {
        var request = RawRequest.PostChunked("/a/../b?x=%41", "{\"a\":1}"u8, 3, ("X-Odd", "caf\u00e9"));
        using var client = await RawHttpClient.ConnectAsync(_consumer.Address);

        foreach (var piece in request.Chunk(7))
        {
            await client.SendAsync(piece);
        }

        var response = await client.ReadResponseAsync();
        var recorded = Assert.Single(_consumer.Requests);
        Assert.Equal((200, "OK"), (response.Status, response.Text));
        Assert.Equal(request, recorded.Raw);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(recorded.Body));
        Assert.Equal(("POST", "/a/../b?x=%41", "caf\u00e9"), (recorded.Method, recorded.Target, recorded.Header("x-odd")));
    }

    [Fact]
    public async Task TwoRequestsOnOneConnection_AreAnsweredInTurn()
    {
        using var client = await RawHttpClient.ConnectAsync(_consumer.Address);
        _consumer.Respond = request => ConsumerReply.Answer(201, request.Target, ("X-Answer", "1"));

        await client.SendAsync(RawRequest.Get("/first"));
        var first = await client.ReadResponseAsync();
        await client.SendAsync(RawRequest.Post("/second", "body"u8));
        var second = await client.ReadResponseAsync();

        Assert.Equal((201, "/first", "1"), (first.Status, first.Text, first.Header("x-answer")));
        Assert.Equal("/second", second.Text);
        Assert.Equal(1, _consumer.Accepted);
    }

    [Fact]
    public async Task ReplyHeldBack_ArrivesWhenTheTestLetsItGo()
    {
        var head = new TaskCompletionSource();
        var body = new TaskCompletionSource();
        _consumer.Respond = _ => ConsumerReply.Answer(200, "late") with { BeforeHead = head.Task, BeforeBody = body.Task };
        using var client = await RawHttpClient.ConnectAsync(_consumer.Address);

        await client.SendAsync(RawRequest.Get("/"));
        var response = client.ReadResponseAsync();
        await _consumer.WaitForRequestAsync();
        head.SetResult();
        Assert.False(response.IsCompleted);
        body.SetResult();

        Assert.Equal("late", (await response).Text);
    }

    [Theory]
    [InlineData(ConnectionEnd.Close)]
    [InlineData(ConnectionEnd.Reset)]
    public async Task ConsumerThatSaysNothing_EndsTheConnection(ConnectionEnd end)
    {
        _consumer.Respond = _ => ConsumerReply.Silence(end);
        using var client = await RawHttpClient.ConnectAsync(_consumer.Address);

        await client.SendAsync(RawRequest.Get("/"));

        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task ClientThatAborts_LeavesNoRequestBehind()
    {
        using (var client = await RawHttpClient.ConnectAsync(_consumer.Address))
        {
            await client.SendAsync("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
            client.Abort();
        }

        await RawHttpClient.SendAsync(_consumer.Address, RawRequest.Get("/whole"));

        Assert.Equal("/whole", Assert.Single(_consumer.Requests).Target);
    }
}
