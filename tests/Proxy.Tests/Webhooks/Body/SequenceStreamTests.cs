using System.Buffers;
using Proxy.Webhooks.Body;

namespace Proxy.Tests.Webhooks.Body;

public class SequenceStreamTests
{
    [Fact]
    public async Task Rewound_ReadsTheSameBytesAgain()
    {
        var bytes = Enumerable.Range(0, 10_000).Select(static i => (byte)i).ToArray();
        using var stream = new SequenceStream();
        stream.Open(Split(bytes, 7));

        Assert.Equal(bytes, await ReadAsync(stream));
        Assert.Empty(await ReadAsync(stream));
        stream.Rewind();
        Assert.Equal(bytes, await ReadAsync(stream));
    }

    [Fact]
    public async Task Forgotten_ReadsNothing()
    {
        using var stream = new SequenceStream();
        stream.Open(new ReadOnlySequence<byte>("body"u8.ToArray()));
        stream.Forget();
        stream.Rewind();

        Assert.Empty(await ReadAsync(stream));
    }

    [Fact]
    public async Task Cancelled_ThrowsWithoutReading()
    {
        using var stream = new SequenceStream();
        stream.Open(new ReadOnlySequence<byte>("body"u8.ToArray()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => _ = await stream.ReadAsync(new byte[1], new CancellationToken(canceled: true)));
        Assert.Equal("body"u8.ToArray(), await ReadAsync(stream));
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, bufferSize: 333);
        return all.ToArray();
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes, int pieces)
    {
        var first = new Segment(bytes.AsMemory(0, bytes.Length / pieces), 0);
        var last = first;
        for (var at = first.Memory.Length; at < bytes.Length; at += last.Memory.Length)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(bytes.Length / pieces, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
