using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Hostile;

namespace Proxy.Tests.Simulation;

/// <summary>A consumer that fails one request in ten, hangs on one in a hundred, can be restarted, and knows what it processed when.</summary>
internal sealed class UnreliableConsumer(int seed) : IAsyncDisposable
{
    private readonly int _port = FreePort.Take();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> _processed = new();
    private readonly TaskCompletionSource _never = new();
    private RecordingConsumer? _running;
    private int _requests;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>By webhook, the timestamps at which it was processed.</summary>
    public IReadOnlyDictionary<string, ConcurrentQueue<long>> Processed => _processed;

    public void Start() => _running = new RecordingConsumer(_port) { Respond = Respond };

    /// <summary>Breaks off what it is at, and comes back.</summary>
    public async Task RestartAsync()
    {
        await DisposeAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            await running.DisposeAsync();
        }
    }

    private ConsumerReply Respond(RecordedRequest request)
    {
        var chance = Dice.Of(seed, Interlocked.Increment(ref _requests)).Next(100);
        if (chance < 10)
        {
            return ConsumerReply.Answer(500);
        }

        if (chance == 10)
        {
            return ConsumerReply.Answer(200) with { BeforeHead = _never.Task };
        }

        using var body = JsonDocument.Parse(request.Body);
        var id = body.RootElement.GetProperty("id").GetString()!;
        _processed.GetOrAdd(id, static _ => new()).Enqueue(Stopwatch.GetTimestamp());
        return ConsumerReply.Answer(200, "OK");
    }
}
