namespace Proxy.Tests.EndToEnd;

/// <summary>What happens when an upstream cannot be connected to, or breaks off later.</summary>
public sealed class ConnectRetryTests
{
    private const string Retries = "webhook_upstream_retries_total";

    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task DeadDestinationFirst_TheNextOneGetsIt()
    {
        await using var proxy = await StartAsync(("Destinations__a__Address", DeadAddress()), ("LoadBalancingPolicy", "FirstAlphabetical"));

        var answer = await proxy.SendSignedAsync("smarterbot", Body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Body, Assert.Single(proxy.Consumer.Requests).Body);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum(Retries, ("route", "smarterbot")));
    }

    [Fact]
    public async Task DeadDestinationFirst_TheClaimOutlivesTheFirstTry()
    {
        await using var proxy = await StartAsync(("Destinations__a__Address", DeadAddress()), ("LoadBalancingPolicy", "FirstAlphabetical"));
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var first = proxy.SendSignedAsync("smarterbot", Body);
        await proxy.Consumer.WaitForRequestAsync();

        Assert.Equal(409, (await proxy.SendSignedAsync("smarterbot", Body)).Status);

        answer.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await proxy.SendSignedAsync("smarterbot", Body)).Status);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task DeadDestination_IsMarkedByPassiveHealthChecks()
    {
        await using var proxy = await StartAsync(
            ("Destinations__a__Address", DeadAddress()),
            ("LoadBalancingPolicy", "FirstAlphabetical"),
            ("HealthCheck__Passive__Enabled", "true"),
            ("HealthCheck__Passive__Policy", "TransportFailureRate"),
            ("Metadata__TransportFailureRateHealthPolicy.RateLimit", "0.1"));
        // The policy judges from the tenth try on.
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await proxy.SendSignedAsync("smarterbot", (byte[])[.. Body, (byte)i])).Status);
        }

        Assert.InRange((await proxy.ScrapeAsync()).Sum(Retries, ("route", "smarterbot")), 1, 19);
    }

    [Fact]
    public async Task EveryDestinationDead_IsABadGatewayAndTheRetryPasses()
    {
        var port = FreePort.Take();
        await using var proxy = await StartAsync(("Destinations__app__Address", $"http://127.0.0.1:{port}/"));

        var refused = proxy.SendSignedAsync("smarterbot", Body);
        await FirstTryAsync(proxy);
        await AdvanceUntilAsync(proxy, refused);
        Assert.Equal(502, (await refused).Status);
        Assert.Equal(2, (await proxy.ScrapeAsync()).Sum(Retries, ("route", "smarterbot")));

        await using var consumer = new RecordingConsumer(port);
        proxy.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await proxy.SendSignedAsync("smarterbot", Body)).Status);
        Assert.Single(consumer.Requests);
    }

    [Fact]
    public async Task DestinationComesUpDuringThePause_GetsIt()
    {
        var port = FreePort.Take();
        await using var proxy = await StartAsync(("Destinations__app__Address", $"http://127.0.0.1:{port}/"));
        var answer = proxy.SendSignedAsync("smarterbot", Body);
        await FirstTryAsync(proxy);

        await using var consumer = new RecordingConsumer(port);
        await AdvanceUntilAsync(proxy, answer);

        Assert.Equal(200, (await answer).Status);
        Assert.Single(consumer.Requests);
    }

    [Fact]
    public async Task ConnectionBrokenAfterTheRequestWasSent_IsNotTriedAgain()
    {
        await using var proxy = await StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Silence(ConnectionEnd.Reset);

        Assert.Equal(502, (await proxy.SendSignedAsync("smarterbot", Body)).Status);

        Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum(Retries, ("route", "smarterbot")));
    }

    [Fact]
    public async Task EmptyRequestWhoseConnectionBroke_IsNotTriedAgainEither()
    {
        await using var proxy = await StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Silence(ConnectionEnd.Close);

        Assert.Equal(502, (await proxy.SendSignedAsync("smarterbot", Array.Empty<byte>())).Status);

        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task RetriesZero_TriesOnce()
    {
        await using var proxy = await StartAsync(
            retries: 0, ("Destinations__a__Address", DeadAddress()), ("LoadBalancingPolicy", "FirstAlphabetical"));

        Assert.Equal(502, (await proxy.SendSignedAsync("smarterbot", Body)).Status);

        Assert.Empty(proxy.Consumer.Requests);
    }

    private static Task<ProxyFixture> StartAsync(params (string Name, string Value)[] cluster) => StartAsync(retries: 2, cluster);

    private static Task<ProxyFixture> StartAsync(int retries, params (string Name, string Value)[] cluster) => ProxyFixture.StartAsync(
        environment: new Dictionary<string, string>(cluster.Select(
            static setting => KeyValuePair.Create($"ReverseProxy__Clusters__consumer__{setting.Name}", setting.Value)))
        {
            ["Webhooks__Policies__smarterbot__Upstream__Retries"] = $"{retries}",
        });

    /// <summary>Until then the clock stands still, or the body would time out.</summary>
    private static Task FirstTryAsync(ProxyFixture proxy) => Deadline.Until(
        () => proxy.Log.Lines.Any(static line => line.Text.Contains("tried again: Connection refused", StringComparison.Ordinal)), "a first try");

    /// <summary>The pauses between tries are of the proxy's clock.</summary>
    private static Task AdvanceUntilAsync(ProxyFixture proxy, Task task) => Deadline.Until(
        () =>
        {
            proxy.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return task.IsCompleted;
        },
        "an answer");

    private static string DeadAddress() => $"http://127.0.0.1:{FreePort.Take()}/";
}
