using System.Net;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Webhooks.Forwarding;

/// <summary>What reaches the client's connection, write by write.</summary>
public sealed class OneWriteHandlerTests
{
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task BodyThatIsHeldWhole_IsNotFlushedForItsHeaders()
    {
        var connection = await SendAsync(verified: true);

        Assert.Equal(["write"], connection.Calls);
        Assert.Equal(Body, connection.Written.ToArray());
    }

    [Fact]
    public async Task BodyThatStreams_IsLeftToYarp()
    {
        var connection = await SendAsync(verified: false);

        Assert.Equal(["flush", "write"], connection.Calls);
        Assert.Equal(Body, connection.Written.ToArray());
    }

    private static async Task<Connection> SendAsync(bool verified)
    {
        var connection = new Connection();
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream/") { Content = new YarpsContent() };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=\"x\"");
        request.Content.Headers.TryAddWithoutValidation("Content-Language", ["de", "en"]);
        request.Content.Headers.TryAddWithoutValidation("Content-Length", "15");
        if (verified)
        {
            request.Headers.TryAddWithoutValidation(VerifiedHeader.Name, "true");
        }

        using var client = new HttpMessageInvoker(new OneWriteHandler(new Wire(connection)));
        using var answer = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal("Content-Type: application/json; charset=\"x\"\r\nContent-Language: de, en\r\nContent-Length: 15\r\n", connection.Headers);
        return connection;
    }

    /// <summary>As YARP's: flushes before it writes.</summary>
    private sealed class YarpsContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await stream.WriteAsync(Body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Wire(Connection connection) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            connection.Headers = string.Concat(request.Content!.Headers.NonValidated.Select(static header => $"{header.Key}: {header.Value}\r\n"));
            await request.Content!.CopyToAsync(connection, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }

    private sealed class Connection : MemoryStream
    {
        public List<string> Calls { get; } = [];

        public string Headers { get; set; } = "";

        public MemoryStream Written { get; } = new();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Calls.Add("flush");
            return Task.CompletedTask;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Calls.Add("write");
            await Written.WriteAsync(buffer, cancellationToken);
        }
    }
}
