using System.Net;
using Proxy.Commands.Demo;

namespace Proxy.Tests.Commands.Demo;

public sealed class LegacyConsumerTests
{
    [Fact]
    public async Task AnyRequest_IsWrittenDownAndAnsweredOk()
    {
        await using var consumer = await LegacyConsumer.StartAsync();
        using var client = new HttpClient { BaseAddress = consumer.Address };
        byte[] body = [0x7b, 0x00, 0xff, 0x7d];

        using var answer = await client.PostAsync("/hooks?a=%2F", new ByteArrayContent(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("OK", await answer.Content.ReadAsStringAsync());
        Assert.True(consumer.Received.TryRead(out var received));
        Assert.Equal("POST", received.Method);
        Assert.Equal("/hooks?a=%2F", received.Target);
        Assert.Contains(received.Headers, header => header is { Key: "Content-Length", Value: "4" });
        Assert.Equal(body, received.Body.ToArray());
        Assert.False(consumer.Received.TryRead(out _));
    }
}
