using System.Net;
using System.Text;
using Proxy.Commands.Demo;
using Proxy.Tests.Hostile;

namespace Proxy.Tests.EndToEnd;

/// <summary>HTTP/2 frames a body without a length; towards the consumer it has one.</summary>
public sealed class Http2BodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"1\"}")]
    public async Task BodyOfUnknownLength_HasOneAtTheConsumer(string text)
    {
        await using var proxy = await ProxyFixture.StartAsync(HostileRoutes.Configuration());
        var body = Encoding.UTF8.GetBytes(text);
        var (name, value) = ProviderSignature.Tawk(HostileRoutes.KeyText("tawk"), body);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Addresses[1], "/h/tawk"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Streamed(body),
        };
        request.Headers.Add(name, value);
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(body, received.Body);
        Assert.Equal($"{body.Length}", received.Header("Content-Length"));
        Assert.Null(received.Header("Transfer-Encoding"));
    }

    private sealed class Streamed(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
