using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Telemetry;
using Proxy.Webhooks;
using Proxy.Webhooks.Body;
using Proxy.Webhooks.Buffering;
using Proxy.Webhooks.Sources;

namespace Benchmarks;

/// <summary>Holding a whole body that has arrived, in the server's own buffers, beside a copy into one array of the pool.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class BodyBufferingBenchmarks
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BufferBudget _budget = new(256 << 20, 1, TimeProvider.System);
    private readonly Pipe _pipe = new(new PipeOptions(new Blocks(), pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly DefaultHttpContext _context = new();
    private BufferedBody _body = null!;
    private WebhookRoute _route = null!;

    [Params(2 << 10, 64 << 10, 1 << 20)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var policy = new WebhookPolicy
        {
            Name = "benchmark",
            Provider = "standard-webhooks",
            Revision = "1",
            Mode = PolicyMode.Enforce,
            MaxBodyBytes = 10 << 20,
            BodyTimeout = TimeSpan.FromSeconds(10),
        };
        var metrics = new WebhookMetrics(_services.GetRequiredService<IMeterFactory>(), new());
        _route = new("benchmark", policy, metrics.ForRoute("benchmark", policy), _budget.GetRoute("benchmark"), new(), NetworkList.Empty);
        _body = new(_budget);
        _context.Features.Set<IRequestBodyPipeFeature>(new PipeFeature(_pipe.Reader));
        _context.Request.ContentLength = Bytes;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _services.Dispose();
        _budget.Dispose();
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<byte> Copy()
    {
        await Arrive();
        var copy = ArrayPool<byte>.Shared.Rent(Bytes);
        var read = await _pipe.Reader.ReadAsync();
        read.Buffer.CopyTo(copy);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        var last = copy[Bytes - 1];
        ArrayPool<byte>.Shared.Return(copy);
        Leave();
        return last;
    }

    [Benchmark]
    public async ValueTask<long> Hold()
    {
        await Arrive();
        if (await _body.ReadAsync(_context, _route, started: 0) != Reason.None)
        {
            throw new InvalidOperationException("A refusal is not what is measured.");
        }

        var length = _body.Content.Length;
        _body.Release();
        Leave();
        return length;
    }

    /// <summary>The bytes come in the server's blocks of 4 KB; what is in them does not matter.</summary>
    private async ValueTask Arrive()
    {
        for (var left = Bytes; left > 0;)
        {
            var block = Math.Min(left, _pipe.Writer.GetMemory().Length);
            _pipe.Writer.Advance(block);
            left -= block;
        }

        _ = await _pipe.Writer.FlushAsync();
        await _pipe.Writer.CompleteAsync();
    }

    private void Leave()
    {
        _pipe.Reader.Complete();
        _pipe.Reset();
    }

    /// <summary>Keeps every block that it ever gave out, as the server does.</summary>
    private sealed class Blocks : MemoryPool<byte>
    {
        private readonly Stack<Block> _free = new();

        public override int MaxBufferSize => Block.Size;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => _free.TryPop(out var block) ? block : new Block(_free);

        protected override void Dispose(bool disposing)
        {
        }
    }

    private sealed class Block(Stack<Block> free) : IMemoryOwner<byte>
    {
        public const int Size = 4096;

        public Memory<byte> Memory { get; } = new byte[Size];

        public void Dispose() => free.Push(this);
    }

    private sealed class PipeFeature(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
