using System.Diagnostics;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Replay;

namespace Proxy.Tests.Simulation;

/// <summary>What goes wrong, one thing after the other, spread over the webhooks that are sent.</summary>
internal sealed class FaultScript(ProxyProcess proxy, PostgresServer database, UnreliableConsumer consumer)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    private readonly List<(long From, long To)> _faults = [];

    /// <summary>Whether a fault was going on, or had its effects, at any time between the two.</summary>
    public bool Touches(long from, long to, TimeSpan margin)
    {
        var ticks = (long)(margin.TotalSeconds * Stopwatch.Frequency);
        return _faults.Exists(fault => fault.From - ticks <= to && fault.To + ticks >= from);
    }

    /// <param name="webhooks">How many will be sent.</param>
    /// <param name="sent">How many were.</param>
    public async Task RunAsync(int webhooks, Func<int> sent)
    {
        Func<Task>[] faults = [KillProxyAsync, StopDatabaseAsync, consumer.RestartAsync, KillProxyAsync, StopDatabaseAsync, consumer.RestartAsync, KillProxyAsync];
        for (var i = 0; i < faults.Length; i++)
        {
            var due = webhooks * (i + 1) / (faults.Length + 1);
            await WaitAsync(() => sent() >= due);
            var from = Stopwatch.GetTimestamp();
            await faults[i]();
            _faults.Add((from, Stopwatch.GetTimestamp()));
        }
    }

    private async Task KillProxyAsync()
    {
        await proxy.KillAsync();
        await proxy.StartAsync();
    }

    private async Task StopDatabaseAsync()
    {
        await database.StopAsync();
        var stopped = Stopwatch.GetTimestamp();
        await WaitAsync(() => Stopwatch.GetElapsedTime(stopped) >= Outage);
        await database.StartAsync();
    }

    /// <summary>Without a deadline of its own: the senders have theirs, and this waits for their progress.</summary>
    private static async Task WaitAsync(Func<bool> condition)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            _ = await pause.WaitForNextTickAsync();
        }
    }
}
