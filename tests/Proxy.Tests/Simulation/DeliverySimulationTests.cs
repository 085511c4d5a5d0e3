using System.Globalization;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Replay;
using Xunit.Abstractions;

namespace Proxy.Tests.Simulation;

/// <summary>
/// The guarantee of docs/delivery.md, with everything in it failing: two proxies that share PostgreSQL, one of them killed
/// three times, the database stopped twice, the consumer restarted twice. WEBHOOK_SIMULATION_COUNT and
/// WEBHOOK_SIMULATION_SEED make a run longer, or another's again.
/// </summary>
public sealed class DeliverySimulationTests(ITestOutputHelper output)
{
    private const int DefaultCount = 400;
    private const int Senders = 6;

    /// <summary>The longest that an effect outlives its fault: a call to the consumer, and the lease of a claim.</summary>
    private static readonly TimeSpan LongestEffect = TimeSpan.FromSeconds(TotalTimeoutSeconds + 10);

    private const int TotalTimeoutSeconds = 2;

    private readonly int _count = FromEnvironment("WEBHOOK_SIMULATION_COUNT", DefaultCount);
    private readonly int _seed = FromEnvironment("WEBHOOK_SIMULATION_SEED", Random.Shared.Next());

    [Fact]
    public async Task EverythingFails_NothingIsLostAndNoReplayArrives()
    {
        output.WriteLine($"WEBHOOK_SIMULATION_SEED={_seed} WEBHOOK_SIMULATION_COUNT={_count}");
        await using var database = await PostgresServer.CreateAsync();
        await using var consumer = new UnreliableConsumer(_seed);
        consumer.Start();
        (string, string)[] settings =
        [
            ("Webhooks__Replay__Store", "PostgreSQL"),
            ("Webhooks__Replay__ConnectionString", database.ConnectionString),
            ("Webhooks__Policies__smarterbot__Upstream__TotalTimeout", $"00:00:{TotalTimeoutSeconds:00}"),
        ];
        await using var one = await ProxyProcess.StartAsync(consumer.Address, settings);
        await using var two = await ProxyProcess.StartAsync(consumer.Address, settings);
        var sender = new PersistentSender([one, two], _seed);
        var faults = new FaultScript(one, database, consumer);

        var script = faults.RunAsync(_count, () => sender.Sent);
        await Task.WhenAll([.. Enumerable.Range(0, Senders).Select(_ => sender.SendAsync(number => number <= _count || !script.IsCompleted)), script]);

        Judge(sender, consumer, faults);
    }

    private void Judge(PersistentSender sender, UnreliableConsumer consumer, FaultScript faults)
    {
        var twice = consumer.Processed.Where(static webhook => webhook.Value.Count > 1).ToList();
        var knownAgain = twice.Where(webhook => !sender.Deliveries[webhook.Key].SignsAnew).ToList();
        output.WriteLine($"{sender.Deliveries.Count} webhooks, {sender.Attacks} copies and forgeries; processed twice: {twice.Count}, of them with the first signature {knownAgain.Count}.");

        Assert.Equal([], consumer.Processed.Keys.Except(sender.Deliveries.Keys));
        Assert.Equal([], sender.Deliveries.Where(static delivery => delivery.Value.DeliveredAt is null).Select(static delivery => delivery.Key));
        Assert.Equal([], sender.Deliveries.Keys.Except(consumer.Processed.Keys));
        // A copy of what the sender knew as delivered would be processed after that.
        Assert.Equal([], consumer.Processed
            .Where(webhook => webhook.Value.Any(at => at > sender.Deliveries[webhook.Key].DeliveredAt))
            .Select(static webhook => webhook.Key));
        // What is signed anew is new to the proxy; what is not is processed twice only when an answer or a commit was lost to a fault.
        Assert.Equal([], knownAgain
            .Where(webhook => !faults.Touches(webhook.Value.Min(), webhook.Value.Max(), LongestEffect))
            .Select(static webhook => webhook.Key));
    }

    private static int FromEnvironment(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
