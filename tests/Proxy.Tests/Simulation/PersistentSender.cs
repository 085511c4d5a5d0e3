using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Hostile;

namespace Proxy.Tests.Simulation;

/// <summary>
/// A provider: sends each webhook until it is answered with 2xx, half of them with the first signature again and half signed
/// anew, to either proxy. Beside it, somebody who saw what was delivered sends that again, and forgeries.
/// </summary>
internal sealed class PersistentSender(IReadOnlyList<ProxyProcess> proxies, int seed)
{
    private static readonly TimeSpan LongestEffort = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<string, Delivery> _deliveries = new();
    private int _sent;
    private int _attacks;

    /// <summary>Webhooks begun so far.</summary>
    public int Sent => Volatile.Read(in _sent);

    /// <summary>Copies and forgeries sent so far.</summary>
    public int Attacks => Volatile.Read(in _attacks);

    public IReadOnlyDictionary<string, Delivery> Deliveries => _deliveries;

    /// <summary>Sends one webhook after the other while <paramref name="goOn"/> says so.</summary>
    public async Task SendAsync(Func<int, bool> goOn)
    {
        for (var number = Interlocked.Increment(ref _sent); goOn(number); number = Interlocked.Increment(ref _sent))
        {
            await DeliverAsync($"w{number}", Dice.Of(seed, number));
        }
    }

    private async Task DeliverAsync(string id, Random random)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"Type":"Lead","id":"{{id}}"}""");
        var delivery = _deliveries[id] = new Delivery { SignsAnew = random.Next(2) == 0 };
        var request = ProxyProcess.Signed("smarterbot", body);
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(50, 250)));
        while (await TryAsync(random, request) is not (>= 200 and < 300))
        {
            if (Stopwatch.GetElapsedTime(started) > LongestEffort)
            {
                return;
            }

            _ = await pause.WaitForNextTickAsync();
            request = delivery.SignsAnew ? ProxyProcess.Signed("smarterbot", body) : request;
        }

        delivery.DeliveredAt = Stopwatch.GetTimestamp();
        if (random.Next(5) == 0)
        {
            await AttackAsync(random, request, Encoding.UTF8.GetBytes($$"""{"Type":"Lead","id":"forged {{id}}"}"""));
        }
    }

    private async Task AttackAsync(Random random, byte[] captured, byte[] forged)
    {
        Interlocked.Add(ref _attacks, 2);
        _ = await TryAsync(random, captured);
        // A genuine signature, over something else.
        var head = Encoding.Latin1.GetString(ProxyProcess.Signed("smarterbot", "{}"u8)).Replace("Content-Length: 2", $"Content-Length: {forged.Length}", StringComparison.Ordinal);
        _ = await TryAsync(random, [.. Encoding.Latin1.GetBytes(head[..^2]), .. forged]);
    }

    /// <summary>The status; 0 when there was none.</summary>
    private async Task<int> TryAsync(Random random, byte[] request)
    {
        try
        {
            return (await proxies[random.Next(proxies.Count)].SendAsync(request)).Status;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return 0;
        }
    }
}

/// <summary>What the sender knows of a webhook.</summary>
internal sealed class Delivery
{
    /// <summary>Whether a retry has a time and a signature of its own, as with some providers.</summary>
    public required bool SignsAnew { get; init; }

    /// <summary>When the sender was told that it is delivered; null when never.</summary>
    public long? DeliveredAt { get; set; }
}
