using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Proxy.Tests.EndToEnd;
using Xunit.Abstractions;

namespace Proxy.Tests.Hostile;

/// <summary>
/// Honest and hostile traffic together, as fast as it goes, at a proxy of its own process whose configuration is edited every
/// two seconds. WEBHOOK_SOAK_SECONDS makes it longer, WEBHOOK_SOAK_SEED repeats its hostile part.
/// </summary>
[Collection(FullSpeedTests.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int DefaultSeconds = 60;
    private const int HonestSenders = 3;
    private const int HostileSenders = 8;

    /// <summary>The runtime settles during the first minutes; whoever wants to know whether memory is flat has to wait longer.</summary>
    private const int SecondsUntilFlat = 600;

    /// <summary>What measuring every second may be off by, in bytes a minute.</summary>
    private const double FlatSlope = 512 * 1024;

    /// <summary>
    /// What a shorter run can show: bytes that a request of the second half may leave behind. Less than the smallest buffer that one
    /// could lose, and more than what settles in a minute.
    /// </summary>
    private const double MostBytesARequest = 2048;

    /// <summary>Connections come and go, so that the average moves by itself.</summary>
    private const double MostHandles = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly int _seconds = Environment.GetEnvironmentVariable("WEBHOOK_SOAK_SECONDS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultSeconds;
    private readonly int _seed = Environment.GetEnvironmentVariable("WEBHOOK_SOAK_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ResourceLog _resources = new();
    private int _honest;
    private int _hostile;
    private int _edits;

    [Fact]
    public async Task MixedTrafficAndReloads_NoHonestRequestFailsAndNothingGrows()
    {
        output.WriteLine($"WEBHOOK_SOAK_SECONDS={_seconds} WEBHOOK_SOAK_SEED={_seed}");
        Uri[] listeners = [new($"http://127.0.0.1:{FreePort.Take()}"), new($"http://127.0.0.1:{FreePort.Take()}")];
        await using var consumer = new RecordingConsumer { KeepsRequests = false, Respond = Judge };
        await using var proxy = await ProxyProcess.StartConfiguredAsync(
            HostileRoutes.Configuration(),
            consumer.Address,
            // Full after a few minutes: what is remembered on purpose would look like a leak.
            ("Webhooks__Replay__Capacity", "10000"),
            ("Kestrel__Endpoints__one__Url", listeners[0].ToString()),
            ("Kestrel__Endpoints__two__Url", listeners[1].ToString()));

        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(_seconds));
        await Task.WhenAll([
            .. Enumerable.Range(0, HonestSenders).Select(sender => Task.Run(() => SendHonestlyAsync(listeners[0], sender, over.Token))),
            .. Enumerable.Range(0, HostileSenders).Select(_ => Task.Run(() => AttackAsync(listeners, over.Token))),
            EverySecondAsync(proxy, over.Token),
        ]);

        var bytesARequest = _resources.MemorySlope * _seconds / 60 / (_honest + _hostile);
        output.WriteLine($"{_honest} honest requests, {_hostile} hostile cases, {_edits} edits; {_resources}, {bytesARequest:0} bytes a request");
        Assert.True(_failures.IsEmpty, string.Join("\n\n", _failures.Take(10)));
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()) is var scrape && scrape.Sum("webhook_buffered_bytes") == 0 && scrape.Sum("kestrel_active_connections") == 0,
            "nothing buffered and no connection open");
        var reloads = await proxy.ScrapeAsync();
        Assert.Equal(1, reloads.Sum("webhook_config_last_reload_successful"));
        Assert.Equal(0, reloads.Sum("webhook_config_reloads_total", ("result", "rejected")));
        Assert.InRange(reloads.Sum("webhook_config_reloads_total", ("result", "applied")), 2, int.MaxValue);
        Assert.InRange(_resources.HandleGrowth, double.MinValue, MostHandles);
        Assert.InRange(bytesARequest, double.MinValue, MostBytesARequest);
        if (_seconds >= SecondsUntilFlat)
        {
            Assert.InRange(_resources.MemorySlope, double.MinValue, FlatSlope);
        }
    }

    private async Task SendHonestlyAsync(Uri listener, int sender, CancellationToken over)
    {
        using var connection = await RawHttpClient.ConnectAsync(listener);
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var route = HostileRoutes.Ids[i % HostileRoutes.Ids.Count];
            var webhook = GenuineWebhooks.Of(route, string.Create(CultureInfo.InvariantCulture, $"honest-{sender}-{i}"), TimeProvider.System.GetUtcNow());
            await connection.SendAsync(Http1Framing.WellFormed(webhook));
            var answer = await connection.ReadResponseAsync();
            Interlocked.Increment(ref _honest);
            if (answer.Status != 200)
            {
                _failures.Enqueue($"honest request {i} of sender {sender} on {route}: {answer.Status} {answer.Text}");
            }
        }
    }

    private async Task AttackAsync(Uri[] listeners, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _hostile);
            var play = HostileCase.Make(_seed, number, TimeProvider.System.GetUtcNow());
            try
            {
                _ = await HostileConnection.PlayAsync(listeners[play.IsHttp2 ? 1 : 0], play, Patience);
            }
            catch (SocketException e)
            {
                _failures.Enqueue($"case {number}: {e.Message}");
            }
        }
    }

    private async Task EverySecondAsync(ProxyProcess proxy, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var second = 0; !over.IsCancellationRequested; second++)
        {
            _ = await timer.WaitForNextTickAsync(CancellationToken.None);
            _resources.Look(proxy.Id);
            if (second % 2 == 0)
            {
                proxy.Rewrite(HostileRoutes.Configuration(bufferedShare: _edits++ % 2 == 0 ? 0.5 : 0.25));
            }
        }
    }

    private ConsumerReply Judge(RecordedRequest request)
    {
        if (SecondOpinion.Objection(request, TimeProvider.System.GetUtcNow(), out _, out _) is { } objection)
        {
            _failures.Enqueue($"The consumer got, with {objection}:\n{Encoding.Latin1.GetString(request.Raw)}");
        }

        return ConsumerReply.Answer(200, "OK");
    }
}
