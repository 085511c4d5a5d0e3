using BenchmarkDotNet.Attributes;
using WebhookVerification.Replay;

namespace Benchmarks;

/// <summary>One core; the mean is the time of one claim, and what <see cref="Fill"/> allocates is the memory of one held key.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ReplayStoreBenchmarks
{
    private const int Capacity = 1_000_000;
    private const int Batch = 10_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<ReplayKey, DateTimeOffset> _dictionary = new(Capacity);
    private MemoryReplayStore _full = null!;
    private long _claims;
    private long _replaced;

    [GlobalSetup]
    public async Task Prepare()
    {
        _full = await Fill();
        for (var i = 0; i < Capacity; i++)
        {
            _dictionary.Add(Key(-i), Start);
        }
    }

    /// <summary>A claim's least: of a million keys in a dictionary without lock, time or bound, one goes and one comes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public int ReplaceInADictionary()
    {
        for (var i = 0; i < Batch; i++)
        {
            _ = _dictionary.Remove(Key(-_replaced)) && _dictionary.TryAdd(Key(-_replaced - Capacity), Start);
            _replaced++;
        }

        return _dictionary.Count;
    }

    /// <summary>From empty to a million committed keys.</summary>
    [Benchmark(OperationsPerInvoke = Capacity)]
    public async Task<MemoryReplayStore> Fill()
    {
        var store = new MemoryReplayStore(Capacity);
        for (var i = 0; i < Capacity; i++)
        {
            await Commit(store, Next(hasDelivery: false));
        }

        return store;
    }

    /// <summary>A full store: every claim finds a new key's place and evicts another.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task ClaimAndCommitWhenFull()
    {
        for (var i = 0; i < Batch; i++)
        {
            await Commit(_full, Next(hasDelivery: false));
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task ClaimAndCommitTwoKeysWhenFull()
    {
        for (var i = 0; i < Batch; i++)
        {
            await Commit(_full, Next(hasDelivery: true));
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task AskForAKnownKey()
    {
        var recent = _claims;
        for (var i = 0; i < Batch; i++)
        {
            _ = await _full.ClaimAsync(Claim(recent - (i * 50 % Capacity), hasDelivery: false), Start, CancellationToken.None);
        }
    }

    private static async ValueTask Commit(MemoryReplayStore store, ReplayClaim claim)
    {
        var now = claim.LeaseExpires;
        _ = await store.ClaimAsync(claim, now, CancellationToken.None);
        _ = await store.CommitAsync(claim, now);
    }

    private ReplayClaim Next(bool hasDelivery) => Claim(++_claims, hasDelivery);

    /// <summary>At 10,000 a second, kept for six minutes or an hour.</summary>
    private static ReplayClaim Claim(long number, bool hasDelivery)
    {
        var now = Start.AddTicks(number * 1000);
        return new ReplayClaim(number, Key(number), now.AddMinutes(6), hasDelivery ? Key(-number) : null, now.AddHours(1), default, now);
    }

    /// <summary>As evenly spread as a digest, at a small part of its price.</summary>
    private static ReplayKey Key(long number)
    {
        var mixed = (ulong)number * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed ^= mixed >> 27;
        return new ReplayKey(mixed, (ulong)number, mixed, mixed);
    }
}
