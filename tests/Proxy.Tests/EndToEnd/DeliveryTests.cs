using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>A webhook's claim follows the consumer's own answer, whatever becomes of the provider.</summary>
public sealed class DeliveryTests
{
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task ConsumersHeadersArrived_ADuplicateIsKnownBeforeTheAnswerIsOut()
    {
        await using var proxy = await StartAsync();
        var body = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "received") with { BeforeBody = body.Task };
        var request = Genuine(proxy);
        var first = proxy.SendAsync(request);
        await proxy.Consumer.WaitForRequestAsync();

        await Deadline.Until(async () => (await proxy.SendAsync(request)).Status == 200, "the commit");
        Assert.False(first.IsCompleted);

        body.SetResult();
        Assert.Equal("received", (await first).Text);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ProviderLeavesAfterTheClaim_TheConsumersAnswerCounts()
    {
        await using var proxy = await StartAsync();
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var request = Genuine(proxy);
        using (var provider = await proxy.ConnectAsync())
        {
            await provider.SendAsync(request);
            await proxy.Consumer.WaitForRequestAsync();
            provider.Abort();
        }

        Assert.Equal(409, (await proxy.SendAsync(request)).Status);
        answer.SetResult();

        await Deadline.Until(async () => (await proxy.SendAsync(request)).Status == 200, "the first webhook to be known as processed");
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ProviderLeavesAfterTheClaimAndTheConsumerFails_TheRetryPasses()
    {
        await using var proxy = await StartAsync();
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(500) with { BeforeHead = answer.Task };
        var request = Genuine(proxy);
        using (var provider = await proxy.ConnectAsync())
        {
            await provider.SendAsync(request);
            await proxy.Consumer.WaitForRequestAsync();
            provider.Abort();
        }

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        answer.SetResult();

        await Deadline.Until(async () => (await proxy.SendAsync(request)).Status == 200, "the retry to pass");
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task ConsumerTooSlow_IsAGatewayTimeoutAndTheRetryPasses()
    {
        await using var proxy = await StartAsync(("Webhooks__Policies__smarterbot__Upstream__TotalTimeout", "00:00:01"));
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200) with { BeforeHead = new TaskCompletionSource().Task };
        var request = Genuine(proxy);
        var answer = proxy.SendAsync(request);
        await proxy.Consumer.WaitForRequestAsync();
        proxy.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(504, (await answer).Status);

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
    }

    /// <summary>The consumer's own answer, so that a test sees when it begins.</summary>
    private static Task<ProxyFixture> StartAsync(params (string Name, string Value)[] settings) => ProxyFixture.StartAsync(
        environment: new Dictionary<string, string>(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["Webhooks__Policies__smarterbot__ReplyBody"] = "Upstream",
        });

    private static byte[] Genuine(ProxyFixture proxy) => RawRequest.Post(
        "/webhooks/smarterbot", Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));
}
