using System.Net;
using Proxy.Webhooks.Body;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Lets headers and body of a small webhook go out in one write. YARP flushes the headers on their own, since a body that is
/// still being sent may be long in coming; a verified one is all here. That flush is one of three sends that a request costs,
/// and the upstream wakes up twice for it.
/// </summary>
internal sealed class OneWriteHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Our own header stands on exactly those requests whose body is held whole. What streams is left to YARP.
        // An empty one has nothing to wait for, and a length that is not among its headers: it would go out in chunks.
        if (request.Content is { Headers.ContentLength: > 0 } content && request.Headers.NonValidated.Contains(VerifiedHeader.Name))
        {
            request.Content = new BufferedContent(content);
        }

        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>YARP's content, which must have its say in the end: YARP waits for it.</summary>
    private sealed class BufferedContent : HttpContent
    {
        private readonly HttpContent _inner;

        public BufferedContent(HttpContent inner)
        {
            _inner = inner;
            foreach (var (name, values) in inner.Headers.NonValidated)
            {
                // Kestrel joins nothing: a repeated header is several values.
                if (values.Count == 1)
                {
                    Headers.TryAddWithoutValidation(name, values.ToString());
                }
                else
                {
                    Headers.TryAddWithoutValidation(name, values);
                }
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            _inner.CopyToAsync(new UnflushedStream(stream), context, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>Passes writes on, and no flush: the client flushes at the end of a request by itself.</summary>
    private sealed class UnflushedStream(Stream inner) : ForwardOnlyStream
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }
}
