using System.Buffers;

namespace WebhookVerification.Content;

/// <summary>What a part of the signed content may look at.</summary>
internal readonly ref struct ContentContext(IWebhookRequest request, Evidence evidence, in ReadOnlySequence<byte> body)
{
    public IWebhookRequest Request { get; } = request;

    public Evidence Evidence { get; } = evidence;

    public ReadOnlySequence<byte> Body { get; } = body;
}
