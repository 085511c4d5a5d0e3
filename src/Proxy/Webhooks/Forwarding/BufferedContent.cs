using System.Buffers;
using System.Net;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// A body that is held whole, as the upstream gets it. It is written behind the headers and nothing is flushed between, so that a
/// small webhook goes out in one send: YARP's own content flushes the headers first, for a body may be long in coming.
/// </summary>
/// <param name="body">Belongs to somebody else, who takes it back once <see cref="Sending"/> is over.</param>
internal sealed class BufferedContent(ReadOnlySequence<byte> body) : HttpContent
{
    /// <summary>The last write that was begun. The client may give a request up and leave it behind.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Sending = WriteAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var segment in body)
        {
            await stream.WriteAsync(segment, cancellationToken);
        }
    }
}
