using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Proxy.Tests.EndToEnd;
using WebhookVerification.Replay;
using Xunit.Abstractions;

namespace Proxy.Tests.Hostile;

/// <summary>
/// Genuine requests of a dozen schemes, spoilt in every way that we know, as raw HTTP/1.1 and HTTP/2. WEBHOOK_FUZZ_COUNT makes a run
/// longer, WEBHOOK_FUZZ_SEED makes it another's again, and WEBHOOK_FUZZ_FIRST with a count of 1 makes one case of it.
/// </summary>
[Collection(FullSpeedTests.Name)]
public sealed partial class MutationFuzzTests(ITestOutputHelper output)
{
    private const int DefaultCount = 20_000;
    private const int Connections = 48;
    private const int MostFailures = 10;

    /// <summary>The server's own answer to a request line of another HTTP version, as RFC 9110 15.6.6 has it.</summary>
    private const int UnknownVersion = 505;

    /// <summary>What Kestrel calls an exception that nobody caught. Its other errors are about its own protocol handling, and not ours to prevent.</summary>
    private const string Unhandled = "ApplicationError";
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AloneOnTheMachine = TimeSpan.FromSeconds(2);

    private readonly int _count = FromEnvironment("WEBHOOK_FUZZ_COUNT", DefaultCount);
    private readonly int _first = FromEnvironment("WEBHOOK_FUZZ_FIRST", 0);
    private readonly int _seed = FromEnvironment("WEBHOOK_FUZZ_SEED", Random.Shared.Next());
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _arrived = new();
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();

    [Fact]
    public async Task SpoiltRequests_NothingArrivesThatAnIndependentVerifierRefuses()
    {
        output.WriteLine($"WEBHOOK_FUZZ_SEED={_seed} WEBHOOK_FUZZ_COUNT={_count} WEBHOOK_FUZZ_FIRST={_first}");
        await using var proxy = await ProxyFixture.StartAsync(HostileRoutes.Configuration(), logLevel: LogLevel.Warning);
        proxy.Consumer.KeepsRequests = false;
        proxy.Consumer.Respond = request => Receive(request, proxy.Clock.GetUtcNow());
        var listeners = proxy.Addresses;

        var number = _first - 1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var next = Interlocked.Increment(ref number); next < _first + _count && _failures.Count < MostFailures; next = Interlocked.Increment(ref number))
            {
                await PlayAsync(listeners, next, proxy.Clock.GetUtcNow());
            }
        })));

        output.WriteLine($"at the consumer: {Counts(_arrived)}");
        output.WriteLine($"answers: {Counts(_statuses)}");
        var errors = proxy.Log.Lines.Where(static line => line.Level >= LogLevel.Error && (line.Event.Name == Unhandled || !line.Category.StartsWith(Server, StringComparison.Ordinal))).Take(MostFailures).Select(static line => $"The log has: {line.Text}");
        Assert.True(_failures.IsEmpty && !errors.Any(), string.Join("\n\n", _failures.Concat(errors)));
        await AssertNothingIsLeftAsync(proxy);
        if (_count >= DefaultCount)
        {
            // The fuzzing is worth something only where the genuine get through, on every route.
            Assert.Equal(HostileRoutes.Ids.Order(), _arrived.Where(static route => route.Value > 20).Select(static route => route.Key).Order());
        }
    }

    private static async Task AssertNothingIsLeftAsync(ProxyFixture proxy)
    {
        string[] gauges = ["webhook_buffered_bytes", "kestrel_active_connections", "http_server_active_requests"];
        Scrape? scrape = null;
        await Deadline.Until(
            async () =>
            {
                scrape = await proxy.ScrapeAsync();
                return gauges.All(gauge => scrape.Sum(gauge) == 0);
            },
            () => "nothing buffered, open or in flight: " + string.Join(", ", gauges.Select(gauge => $"{gauge} {scrape?.Sum(gauge)}")));
        Assert.Equal(0, proxy.Services.GetRequiredService<MemoryReplayStore>().InFlight);
    }

    private async Task PlayAsync(IReadOnlyList<Uri> listeners, int number, DateTimeOffset now)
    {
        var play = HostileCase.Make(_seed, number, now);
        try
        {
            var answers = await HostileConnection.PlayAsync(listeners[play.IsHttp2 ? 1 : 0], play, _count == 1 ? AloneOnTheMachine : Patience);
            var http2 = play.IsHttp2 ? Http2Answers.Read(answers) : null;
            var text = http2?.Text ?? Encoding.Latin1.GetString(answers);
            var statuses = http2?.Statuses ?? [.. StatusLine().Matches(text).Select(static line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture))];
            foreach (var status in statuses)
            {
                _statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);
            }

            if (statuses.Any(static status => status >= 500 && status != UnknownVersion))
            {
                Fail(number, play, $"answered with {string.Join(", ", statuses)}");
            }

            if (Handshaking.Objection(Encoding.Latin1.GetString(play.Bytes), text) is { } wrong)
            {
                Fail(number, play, wrong);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail(number, play, e.Message);
        }
    }

    private ConsumerReply Receive(RecordedRequest request, DateTimeOffset now)
    {
        var objection = SecondOpinion.Objection(request, now, out var route, out var signed);
        _arrived.AddOrUpdate(route, 1, static (_, count) => count + 1);
        if (objection is null && signed is not null && HostileRoutes.Timed.Contains(route)
            && _seen.AddOrUpdate(route + signed, 1, static (_, count) => count + 1) > 1)
        {
            objection = "the second time";
        }

        if (objection is not null)
        {
            _failures.Enqueue($"The consumer got, with {objection}:\n{Encoding.Latin1.GetString(request.Raw)}\n\nIts case is the one whose number is in its id; WEBHOOK_FUZZ_SEED={_seed}.");
        }

        return ConsumerReply.Answer(200, "OK");
    }

    private void Fail(int number, HostileCase play, string what) => _failures.Enqueue(
        $"WEBHOOK_FUZZ_SEED={_seed} WEBHOOK_FUZZ_FIRST={number} WEBHOOK_FUZZ_COUNT=1: {what}\n{play}");

    private static string Counts<T>(IReadOnlyDictionary<T, int> counts) => string.Join(", ", counts.OrderBy(static count => count.Key).Select(static count => $"{count.Key} {count.Value}"));

    private static int FromEnvironment(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : fallback;

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex StatusLine();
}
