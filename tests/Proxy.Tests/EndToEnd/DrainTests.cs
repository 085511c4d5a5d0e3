using System.Net.Sockets;
using Proxy.Tests.Replay;

namespace Proxy.Tests.EndToEnd;

/// <summary>What SIGTERM does to a real process.</summary>
[Collection(PostgresTests.Name)]
public sealed class DrainTests(PostgresFixture postgres)
{
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task RequestInFlight_IsFinishedWhileNewOnesAreTurnedAway()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, ("Webhooks__Drain", "00:00:20"));
        var answer = new TaskCompletionSource();
        consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var inFlight = proxy.SendAsync(ProxyProcess.Signed("smarterbot", Body));
        await consumer.WaitForRequestAsync();

        proxy.Terminate();

        await Deadline.Until(async () => await proxy.ReadinessAsync() == 503, "the proxy to be draining");
        await Deadline.Until(() => IsRefusedAsync(proxy.Address), "the listener to be closed");
        Assert.Equal(503, await proxy.ReadinessAsync());
        Assert.False(inFlight.IsCompleted);
        answer.SetResult();
        Assert.Equal(200, (await inFlight).Status);
        Assert.Equal(0, await proxy.WaitForExitAsync());
    }

    [Fact]
    public async Task DrainDelay_ServesOnWhileReadinessSaysNo()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, ("Webhooks__DrainDelay", "00:00:05"));

        proxy.Terminate();

        await Deadline.Until(async () => await proxy.ReadinessAsync() == 503, "the proxy to be draining");
        Assert.Equal(200, (await proxy.SendAsync(ProxyProcess.Signed("smarterbot", Body))).Status);
        await Deadline.Until(() => IsRefusedAsync(proxy.Address), "the listener to be closed");
        Assert.Equal(0, await proxy.WaitForExitAsync());
    }

    [Fact]
    public async Task DrainDelay_IsOverWhenItIsOverAndNotBefore()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string> { ["Webhooks__DrainDelay"] = "01:00:00" });

        var stopping = proxy.StopAsync();
        await Deadline.Until(async () => await proxy.ReadinessAsync() == 503, "the proxy to be draining");
        proxy.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await proxy.SendSignedAsync("smarterbot", Body)).Status);
        Assert.Equal(503, await proxy.ReadinessAsync());
        Assert.False(stopping.IsCompleted);
        proxy.Clock.Advance(TimeSpan.FromMinutes(1));
        await Deadline.Within(stopping, "the proxy to stop");
        Assert.True(await IsRefusedAsync(proxy.Address));
    }

    [Fact]
    public async Task DrainOver_CutsTheRequestOffAndReleasesItsClaim()
    {
        (string, string)[] shared =
        [
            ("Webhooks__Replay__Store", "PostgreSQL"),
            ("Webhooks__Replay__ConnectionString", await postgres.Server.CreateSchemaAsync()),
            ("Webhooks__Drain", "00:00:01"),
        ];
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, shared);
        consumer.Respond = static _ => ConsumerReply.Answer(200) with { BeforeHead = new TaskCompletionSource().Task };
        var webhook = ProxyProcess.Signed("smarterbot", Body);
        var inFlight = proxy.SendAsync(webhook);
        await consumer.WaitForRequestAsync();

        proxy.Terminate();

        Assert.Equal(504, (await inFlight).Status);
        Assert.Equal(0, await proxy.WaitForExitAsync());
        consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        await using var another = await ProxyProcess.StartAsync(consumer.Address, shared);
        // Far sooner than the lease ends; a proxy that has just started on a busy machine may find its store slow at first.
        await Deadline.Until(async () => (await another.SendAsync(webhook)).Status == 200, "the retry to pass");
    }

    [Fact]
    public async Task DrainEditedByAReload_IsWhatAStopKeepsTo()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartConfiguredAsync(WithDrain("00:30:00"), consumer.Address);
        consumer.Respond = static _ => ConsumerReply.Answer(200) with { BeforeHead = new TaskCompletionSource().Task };
        var inFlight = proxy.SendAsync(ProxyProcess.Signed("smarterbot", Body));
        await consumer.WaitForRequestAsync();
        var before = await AppliedAsync(proxy);

        proxy.Rewrite(WithDrain("00:00:01"));
        proxy.HangUp();
        await Deadline.Until(async () => await AppliedAsync(proxy) > before, "the edit to be applied");
        proxy.Terminate();

        Assert.Equal(504, (await inFlight).Status);
        Assert.Equal(0, await proxy.WaitForExitAsync());
    }

    private static string WithDrain(string drain) =>
        ProxyFixture.FourProviders.Replace("\"Webhooks\": {", $"\"Webhooks\": {{ \"Drain\": \"{drain}\",", StringComparison.Ordinal);

    private static async Task<double> AppliedAsync(ProxyProcess proxy) =>
        (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", "applied"));

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        try
        {
            using var client = await RawHttpClient.ConnectAsync(address);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
