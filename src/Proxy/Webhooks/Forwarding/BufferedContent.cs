using System.Buffers;
using System.Net;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// A body that is held whole, as the upstream gets it. It is written behind the headers and nothing is flushed between, so that a
/// small webhook goes out in one send: YARP's own content flushes the headers first, for a body may be long in coming.
/// </summary>
/// <param name="body">Belongs to somebody else, who takes it back after <see cref="Close"/>.</param>
/// <param name="deadline">Ends the writing. The client does so for HTTP/1.1 only: over HTTP/2 an answer may come while the body still goes.</param>
internal sealed class BufferedContent(ReadOnlySequence<byte> body, UpstreamDeadline deadline) : HttpContent
{
    /// <summary>In bytes, as YARP has it.</summary>
    private const int LongestWrite = 64 * 1024;

    private readonly Lock _gate = new();
    private Task _sending = Task.CompletedTask;
    private bool _isClosed;

    /// <summary>From now on nothing begins to read the body.</summary>
    /// <returns>Over once nothing reads it any more: the client may give a request up, or begin it anew, and leave a write behind.</returns>
    public Task Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _sending;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var write = WriteAsync(stream, cancellationToken);
            _sending = _sending.IsCompleted ? write : Task.WhenAll(_sending, write);
            return write;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var either = cancellationToken == deadline.Token ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = either?.Token ?? cancellationToken;
        if (body.IsSingleSegment)
        {
            await stream.WriteAsync(body.First, token);
            deadline.Progressed();
            return;
        }

        // The server's blocks are small, and each would be a send of its own: a copy costs less.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(body.Length, LongestWrite));
        try
        {
            for (var rest = body; rest.Length > 0;)
            {
                var piece = rest.Slice(0, Math.Min(rest.Length, buffer.Length));
                piece.CopyTo(buffer);
                await stream.WriteAsync(buffer.AsMemory(0, (int)piece.Length), token);
                deadline.Progressed();
                rest = rest.Slice(piece.End);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
