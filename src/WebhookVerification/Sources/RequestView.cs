using System.Buffers;

namespace WebhookVerification.Sources;

/// <summary>What a part of the signed content or a source of a value may look at.</summary>
internal readonly ref struct RequestView(
    IWebhookRequest request, Evidence evidence, PolicyInputs inputs, in ReadOnlySequence<byte> body = default)
{
    public IWebhookRequest Request { get; } = request;

    public Evidence Evidence { get; } = evidence;

    public PolicyInputs Inputs { get; } = inputs;

    /// <summary>Empty before the body was read. Of a scheme that signs each item of an array, the item.</summary>
    public ReadOnlySequence<byte> Body { get; } = body;
}
