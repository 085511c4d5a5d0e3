using System.Buffers;
using System.IO.Pipelines;
using Proxy.Webhooks.Body;

namespace Proxy.Tests.Webhooks.Body;

/// <summary>What a body is charged for, over a pipe that takes blocks as the server's does.</summary>
public sealed class FootprintTests
{
    private const int Block = 4096;
    private const int HalfBlock = Block / 2;

    private readonly Pipe _pipe = new(new PipeOptions(minimumSegmentSize: Block, pauseWriterThreshold: 0, useSynchronizationContext: false));

    [Fact]
    public async Task OneBlock_HoldsItsBytes()
    {
        var footprint = default(Footprint);

        Assert.Equal(200, await GrowAsync(200));
        Assert.Equal(1200, await GrowAsync(1000));

        async Task<long> GrowAsync(int bytes) => footprint.Of(await ReceiveAsync(bytes), isWhole: false);
    }

    [Theory]
    [InlineData(Block)]
    [InlineData(HalfBlock + 1)]
    public async Task SeveralBlocks_AreHeldWholeHoweverFullTheyAre(int piece)
    {
        var (footprint, before) = (default(Footprint), 0L);
        for (var blocks = 1; blocks <= 50; blocks++)
        {
            var held = footprint.Of(await ReceiveAsync(piece), isWhole: false);

            Assert.InRange(held, blocks == 1 ? piece : blocks * Block, blocks * (Block + 1024) + 64 * 1024);
            Assert.InRange(held, before, long.MaxValue);
            before = held;
        }
    }

    [Fact]
    public async Task WholeBody_HoldsItsBlocksAndNoMore()
    {
        var footprint = default(Footprint);
        for (var blocks = 1; blocks <= 50; blocks++)
        {
            var body = await ReceiveAsync(Block);
            var unfinished = footprint.Of(body, isWhole: false);
            var held = footprint.Of(body, isWhole: true);

            Assert.InRange(held, blocks * Block, blocks * (Block + 1024));
            Assert.InRange(unfinished, blocks == 1 ? held : held + 1, long.MaxValue);
        }
    }

    [Fact]
    public async Task OneLookAtTheEnd_SeesWhatManyOnTheWaySaw()
    {
        var (growing, whole, held) = (default(Footprint), default(Footprint), 0L);
        var body = default(ReadOnlySequence<byte>);
        for (var i = 0; i < 100; i++)
        {
            body = await ReceiveAsync(100 + i);
            held = growing.Of(body, isWhole: false);
        }

        Assert.Equal(held, whole.Of(body, isWhole: false));
    }

    [Fact]
    public async Task TheLeast_IsWhatFullBlocksHold()
    {
        var held = 0L;
        var footprint = default(Footprint);
        for (var i = 0; i < 256; i++)
        {
            held = footprint.Of(await ReceiveAsync(Block), isWhole: false);
        }

        Assert.Equal(Footprint.Least(256 * Block), held);
        Assert.Equal(100, Footprint.Least(100));
    }

    /// <summary>As the server does: at least half a block has to be free.</summary>
    private async Task<ReadOnlySequence<byte>> ReceiveAsync(int bytes)
    {
        _ = _pipe.Writer.GetMemory(Math.Max(HalfBlock, bytes));
        _pipe.Writer.Advance(bytes);
        _ = await _pipe.Writer.FlushAsync();
        _ = _pipe.Reader.TryRead(out var read);
        _pipe.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return read.Buffer;
    }
}
