using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task RedirectOfTheUpstream_IsNotFollowed(int status)
    {
        await using var elsewhere = new RecordingConsumer();
        await using var proxy = await ProxyFixture.StartAsync();
        var location = new Uri(elsewhere.Address, "/internal").ToString();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(status, "", ("Location", location));

        var response = await proxy.SendSignedAsync("protocol", "{}"u8.ToArray());

        Assert.Equal((status, location), (response.Status, response.Header("Location")));
        Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(0, elsewhere.Accepted);
    }
}
