using BenchmarkDotNet.Attributes;
using Proxy.Webhooks.Buffering;

namespace Benchmarks;

/// <summary>What the ledger adds to a request, from its start to its release.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class BufferBudgetBenchmarks
{
    private const int Attackers = 10_000;
    private const long BodyBytes = 2014;

    private readonly BufferBudget _roomy = new(256 << 20, 0.25, TimeProvider.System);
    private readonly BufferBudget _flooded = new(Attackers * BodyBytes, 1, TimeProvider.System);
    private readonly Body _body = new();
    private Body[] _slow = [];
    private int _slowest;

    /// <summary>The flooded budget is full of bodies that never end.</summary>
    [GlobalSetup]
    public void Flood()
    {
        _slow = [.. Enumerable.Range(0, Attackers).Select(_ => new Body())];
        Array.ForEach(_slow, Attack);
    }

    [Benchmark(Baseline = true)]
    public void CompleteAtOnce()
    {
        _body.Start(_roomy.GetRoute("a"), BodyBytes);
        _ = _roomy.TryCharge(_body, BodyBytes);
        _ = _roomy.Complete(_body);
        _roomy.Release(_body);
    }

    [Benchmark]
    public void CompleteAfterOneWait()
    {
        _body.Start(_roomy.GetRoute("a"), BodyBytes);
        _ = _roomy.TryCharge(_body, BodyBytes / 2);
        _roomy.Register(_body, TimeProvider.System.GetTimestamp(), TimeSpan.FromHours(1));
        _ = _roomy.TryCharge(_body, BodyBytes / 2);
        _ = _roomy.Complete(_body);
        _roomy.Release(_body);
    }

    /// <summary>An honest body makes an attacker go, who at once comes back.</summary>
    [Benchmark]
    public void CompleteAtOnceDuringAFlood()
    {
        _body.Start(_flooded.GetRoute("a"), BodyBytes);
        _ = _flooded.TryCharge(_body, BodyBytes);
        _ = _flooded.Complete(_body);
        _flooded.Release(_body);

        var evicted = _slow[_slowest++ % Attackers];
        _flooded.Release(evicted);
        Attack(evicted);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _roomy.Dispose();
        _flooded.Dispose();
    }

    private void Attack(Body body)
    {
        body.Start(_flooded.GetRoute("a"), BodyBytes);
        _ = _flooded.TryCharge(body, BodyBytes);
        _flooded.Register(body, TimeProvider.System.GetTimestamp(), TimeSpan.FromHours(1));
    }

    private sealed class Body : BodyCharge
    {
        protected override void CancelRead()
        {
        }
    }
}
