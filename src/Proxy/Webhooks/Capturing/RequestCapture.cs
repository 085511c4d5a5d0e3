using System.Buffers;
using System.Threading.Channels;
using Proxy.Configuration;
using Proxy.Webhooks.Refusals;
using Problem = WebhookVerification.Settings.Problem;

namespace Proxy.Webhooks.Capturing;

/// <summary>
/// Hands copies of requests to the <see cref="CaptureWriter"/>, where <c>Webhooks.Capture</c> asks for them. A request pays for
/// the copy and never waits: what the writer cannot keep up with is dropped and counted.
/// </summary>
internal sealed class RequestCapture(TimeProvider clock) : IReloadObserver
{
    /// <summary>Copies that wait to be written, all together.</summary>
    public const long MaxWaitingBytes = 16 * 1024 * 1024;

    private const int MaxWaiting = 64;

    private readonly Channel<CapturedMessage> _waiting = Channel.CreateBounded<CapturedMessage>(MaxWaiting);
    private volatile CaptureSettings _settings = new(Directory: null, OnlyRefused: true, MaxFiles: 1);
    private long _waitingBytes;
    private long _dropped;

    public CaptureSettings Settings => _settings;

    public ChannelReader<CapturedMessage> Waiting => _waiting.Reader;

    /// <summary>A request was received whole. Kept here unless only refused ones are wanted.</summary>
    public void Received(WebhookExchange exchange)
    {
        if (_settings is { Directory: not null, OnlyRefused: false })
        {
            Offer(exchange.Context, exchange.Route.Id, exchange.Body.Content, TraceId.Of(exchange.Context));
        }
    }

    /// <summary>
    /// A request is taken whose body is not: a handshake that needs no signature, or any of a route whose policy is None, whose
    /// body streams by. Its head is kept unless only refused ones are wanted.
    /// </summary>
    public void Unread(HttpContext context, WebhookRoute route)
    {
        if (_settings is { Directory: not null, OnlyRefused: false })
        {
            Offer(context, route.Id, body: null, TraceId.Of(context));
        }
    }

    /// <summary>A request is refused. Kept here unless it was when it was received.</summary>
    public void Refused(HttpContext context, WebhookRoute route, bool bodyIsRead, string traceId)
    {
        if (_settings.Directory is not null && (_settings.OnlyRefused || !bodyIsRead))
        {
            Offer(context, route.Id, bodyIsRead ? context.Features.Get<WebhookExchange>()?.Body.Content : null, traceId);
        }
    }

    /// <summary>A copy has been written, or could not be.</summary>
    public void Done(CapturedMessage message) => Interlocked.Add(ref _waitingBytes, -message.Bytes.Length);

    /// <summary>How many were dropped since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    public void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) => _settings = snapshot.Settings.Capture;

    public void Rejected(IReadOnlyList<Problem> errors)
    {
    }

    private void Offer(HttpContext context, string route, ReadOnlySequence<byte>? body, string traceId)
    {
        // Looked at before anything is copied: under attack most are dropped.
        if (Interlocked.Read(ref _waitingBytes) + (body?.Length ?? 0) > MaxWaitingBytes || _waiting.Reader.Count == MaxWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        var message = CapturedMessage.Copy(context, route, body, traceId, clock.GetUtcNow());
        Interlocked.Add(ref _waitingBytes, message.Bytes.Length);
        if (!_waiting.Writer.TryWrite(message))
        {
            Done(message);
            Interlocked.Increment(ref _dropped);
        }
    }
}
