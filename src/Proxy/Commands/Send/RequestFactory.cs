using Proxy.Commands.Requests;

namespace Proxy.Commands.Send;

/// <summary>Signs one request after the other, spoilt as asked. Safe for concurrent use.</summary>
/// <param name="signer">Signs.</param>
/// <param name="url">Where requests go to.</param>
/// <param name="body">Of every request.</param>
/// <param name="forgery">How they are spoilt.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestFactory(RequestSigner signer, WebhookUrl url, ReadOnlyMemory<byte> body, Forgery forgery, TimeProvider time)
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    private readonly Lazy<OutgoingRequest> _first = new(() => Sign(signer, url, body, signer.Time ?? time.GetUtcNow()));

    /// <exception cref="UsageException">The provider would not send such a request.</exception>
    public OutgoingRequest Next()
    {
        var at = signer.Time ?? time.GetUtcNow();
        return forgery switch
        {
            Forgery.Replay => _first.Value,
            Forgery.Body => Sign(signer, url, body, at).WithTamperedBody(),
            Forgery.Signature when Sign(signer, url, body, at) is { Headers: [] } => throw new UsageException("--forge signature: the signature is no header."),
            Forgery.Signature => Sign(signer, url, body, at).WithTamperedSignature(),
            Forgery.Timestamp => Sign(signer, url, body, at - LongAgo),
            _ => Sign(signer, url, body, at),
        };
    }

    private static OutgoingRequest Sign(RequestSigner signer, WebhookUrl url, ReadOnlyMemory<byte> body, DateTimeOffset at)
    {
        var signed = signer.Sign(body, at);
        var origin = new Uri(url.Text).GetLeftPart(UriPartial.Authority);
        var target = new Uri(origin + signed.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return new OutgoingRequest(signer.Method, target, BodyKind.ContentType(body.Span), signed.Headers, body);
    }
}
