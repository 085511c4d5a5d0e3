using System.Net;
using Microsoft.Extensions.Logging;
using Proxy.Replay;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Replay;

public sealed class ReplayUpkeepTests
{
    [Fact]
    public async Task Outage_IsLoggedOnceHoweverLongItLasts()
    {
        using var log = new RecordingLog();
        using var loggers = new LoggerFactory([log]);
        var clock = new ManualTimeProvider();
        using var nobody = LoopbackListener.Open();
        await using var connections = new PostgresConnections($"Host=127.0.0.1;Port={((IPEndPoint)nobody.LocalEndPoint!).Port}", TimeSpan.FromSeconds(10));
        var asked = 0;
        using var upkeep = new ReplayUpkeep(
            new ClaimTable(connections), new UnsettledClaims(), new CircuitBreaker(clock), clock, new CautiousClock(clock), loggers.CreateLogger<ReplayUpkeep>());
        var refusing = Task.Run(async () =>
        {
            for (; asked < 20; asked++)
            {
                (await nobody.AcceptAsync()).Dispose();
            }
        });

        await upkeep.StartAsync(CancellationToken.None);
        await Deadline.Until(
            () =>
            {
                clock.Advance(ReplayUpkeep.Interval);
                return refusing.IsCompleted;
            },
            "a few tries, with several connections each");

        Assert.Single(log.Lines, static line => line.Level == LogLevel.Warning);
        nobody.Dispose();
        await upkeep.StopAsync(CancellationToken.None);
    }
}
