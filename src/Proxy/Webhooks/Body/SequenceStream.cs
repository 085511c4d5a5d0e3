using System.Buffers;

namespace Proxy.Webhooks.Body;

/// <summary>Reads a sequence as a stream, again and again. The sequence stays in the server's own buffers: nothing is copied to make the stream.</summary>
internal sealed class SequenceStream : ForwardOnlyStream
{
    private ReadOnlySequence<byte> _whole;
    private ReadOnlySequence<byte> _rest;

    public override bool CanRead => true;

    public void Open(in ReadOnlySequence<byte> sequence) => _whole = _rest = sequence;

    /// <summary>Starts over, for another try.</summary>
    public void Rewind() => _rest = _whole;

    /// <summary>Lets go of the buffers, which belong to somebody else from now on.</summary>
    public void Forget() => _whole = _rest = default;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _rest.Length);
        _rest.Slice(0, count).CopyTo(buffer);
        _rest = _rest.Slice(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));
}
