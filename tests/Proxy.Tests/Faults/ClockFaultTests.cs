using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>The machine's clock is set an hour forward or back while the proxy runs.</summary>
public sealed class ClockFaultTests
{
    private const string Target = "/webhooks/smarterbot";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1, "timestamp_too_old")]
    [InlineData(-1, "timestamp_in_future")]
    public async Task ClockWrongByAnHour_RefusesWhatIsSignedNowAndTakesItOnceItIsRight(int hours, string reason)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var webhook = Signed(proxy, "{\"n\":1}");
        proxy.Clock.ShiftWallClock(hours * Hour);
        Refusals.AssertProblem(await proxy.SendAsync(webhook), 400);
        await proxy.AssertCountedAsync("smarterbot", reason);

        proxy.Clock.ShiftWallClock(-hours * Hour);
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ClockSetDuringARequest_DoesNotDisturbIt(int hours)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var webhook = Signed(proxy, "{\"n\":1}");
        var waiting = proxy.SendAsync(webhook);
        _ = await proxy.Consumer.WaitForRequestAsync();
        proxy.Clock.ShiftWallClock(hours * Hour);
        proxy.Clock.Advance(TimeSpan.FromSeconds(1));
        answer.SetResult();
        Assert.Equal(200, (await waiting).Status);

        // The clock is put right: what was processed is known.
        proxy.Clock.ShiftWallClock(-hours * Hour);
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ClockSetBackAndPutRight_AProcessedWebhookIsStillADuplicate()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var webhook = Signed(proxy, "{\"n\":1}");
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);

        proxy.Clock.ShiftWallClock(-Hour);
        await SendOthersAsync(proxy);
        proxy.Clock.ShiftWallClock(Hour);
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
        Assert.Equal(21, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task ClockSetForwardAndPutRight_AProcessedWebhookIsStillADuplicate()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var webhook = Signed(proxy, "{\"n\":1}");
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);

        proxy.Clock.ShiftWallClock(Hour);
        await SendOthersAsync(proxy);
        proxy.Clock.ShiftWallClock(-Hour);
        Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
        Assert.Equal(21, proxy.Consumer.Requests.Count);
        await proxy.AssertCountedAsync("smarterbot", "duplicate");
    }

    [Fact]
    public async Task ClockSetForward_WhatSignsNoTimeIsStillADuplicate()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__tawk__Replay__Mode"] = "Enforce" });
        var body = "{\"n\":1}"u8.ToArray();
        Assert.Equal(200, (await proxy.SendSignedAsync("tawk", body)).Status);

        proxy.Clock.ShiftWallClock(Hour);
        Assert.Equal(200, (await proxy.SendSignedAsync("tawk", body)).Status);
        Assert.Single(proxy.Consumer.Requests);
        await proxy.AssertCountedAsync("tawk", "duplicate");
    }

    /// <summary>Traffic of senders whose clocks are wrong too: each claim drops what has expired.</summary>
    private static async Task SendOthersAsync(ProxyFixture proxy)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await proxy.SendAsync(Signed(proxy, $"{{\"later\":{i}}}"))).Status);
        }
    }

    private static byte[] Signed(ProxyFixture proxy, string body)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(body);
        return RawRequest.Post(Target, bytes, ProviderSignature.Smarterbot(ProxyFixture.Secret, bytes, proxy.Clock.GetUtcNow()));
    }
}
