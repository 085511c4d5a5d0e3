using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Fleet;

/// <summary>
/// What <c>DrainDelay</c> is for: a balancer that tries nothing a second time, so that only what it is told in time keeps webhooks from
/// being lost. The clock of the proxies is the test's, and the delay ends when the balancer has found out.
/// </summary>
[Collection(FleetTests.Name)]
public sealed class DrainDelayTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromHours(1);

    [Fact]
    public async Task BalancerThatTriesNothingTwice_HearsOfTheStopBeforeItMatters()
    {
        var clock = new ManualTimeProvider();
        await using var stopped = await StartAsync(clock);
        await using var other = await StartAsync(clock);
        await using var haproxy = await HaproxyServer.StartAsync(
            [.. new[] { stopped, other }.Select(static proxy => (proxy.Address, proxy.ManagementAddress))], triesAgain: false);
        using var load = new WebhookLoad(haproxy.Address, clock);
        var sending = load.RunAsync();
        await Deadline.Until(() => stopped.Consumer.Requests.Count > 20 && other.Consumer.Requests.Count > 20, "webhooks to flow through both");

        var stopping = stopped.StopAsync();
        await haproxy.WaitForAsync(1);
        var sent = load.Sent;
        await Deadline.Until(() => load.Sent > sent + 20, "webhooks to flow through the other one");
        load.Stop();
        await Deadline.Within(sending, "the senders to end");
        Assert.Empty(load.Failures);
        Assert.False(stopping.IsCompleted, "The proxy was gone when the balancer found out.");
        clock.Advance(Delay);
        await Deadline.Within(stopping, "the proxy to stop");
    }

    /// <summary>HAProxy asks by a name without a port, as the shipped configuration has it.</summary>
    private static Task<ProxyFixture> StartAsync(ManualTimeProvider clock) => ProxyFixture.StartAsync(
        environment: new Dictionary<string, string>
        {
            ["Webhooks__DrainDelay"] = $"{Delay}",
            ["Management__Url"] = "http://0.0.0.0:0",
            ["Management__AllowRemote"] = "true",
        },
        clock: clock);
}
