using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Clients that hang up, before their body is whole and after.</summary>
public sealed class ClientGoneTests
{
    private const string Route = "protocol";

    [Fact]
    public async Task ClientGoneWhileWeRead_IsCountedAndFreesWhatItHeld()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync(Request("0123456789"u8).AsMemory()[..^5]);
            await Deadline.Until(
                async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 5, "the first half to be charged");
            client.Abort();
        }

        await proxy.AssertCountedAsync(Route, "client_disconnected");
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes"));
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ClientGoneWhileWeForward_DoesNotCancelAClaimedCall()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__protocol__Replay__Mode"] = "Enforce" });
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var request = Request("{}"u8);
        using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync(request);
            await proxy.Consumer.WaitForRequestAsync();
            client.Abort();
        }

        answer.SetResult();
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_upstream_responses_total", ("route", Route), ("code", "2xx")) == 1,
            "the upstream's answer to be taken");
        // It was processed: the provider's retry is told so and is not processed again.
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ClientGoneWhileWeForward_IsNoFailureOfTheUpstream()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__protocol__Replay__Mode"] = "Off" });
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync(Request("{}"u8));
            await proxy.Consumer.WaitForRequestAsync();
            client.Abort();
        }

        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("route", Route), ("outcome", "verified")) == 1, "the call to be given up");
        answer.SetResult();
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_upstream_responses_total", ("route", Route)));
        Assert.DoesNotContain(proxy.Log.Lines, static line => line.Event.Id == 320);
    }

    private static byte[] Request(ReadOnlySpan<byte> body) =>
        RawRequest.Post("/webhooks/protocol", body, ProviderSignature.Protocol(ProxyFixture.Secret, body));
}
