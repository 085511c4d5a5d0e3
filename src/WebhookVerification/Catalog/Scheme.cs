using WebhookVerification.Content;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>How a provider signs, read from a catalogue entry or a policy's own <c>Scheme</c> and checked. Immutable.</summary>
public sealed class Scheme
{
    internal Scheme(
        SignatureAlgorithm algorithm,
        SecretFormat secret,
        SignatureField signature,
        TimestampField? timestamp,
        ContentTemplate content,
        string? deliveryIdHeader)
    {
        Algorithm = algorithm;
        Secret = secret;
        Signature = signature;
        Timestamp = timestamp;
        Content = content;
        DeliveryIdHeader = deliveryIdHeader;
    }

    /// <summary>Whether a time outside the body is part of the signed content.</summary>
    public bool SignsTime => Timestamp is not null;

    /// <summary>Whether the body is part of the signed content; false for tokens and Basic.</summary>
    public bool SignsBody => Content.SignsBody;

    /// <summary>Whether a delivery id is part of the signed content.</summary>
    public bool SignsDeliveryId => DeliveryIdHeader is not null;

    internal SignatureAlgorithm Algorithm { get; }

    internal SecretFormat Secret { get; }

    internal SignatureField Signature { get; }

    /// <summary>Null where no time is signed.</summary>
    internal TimestampField? Timestamp { get; }

    internal ContentTemplate Content { get; }

    /// <summary>A signed header that names the delivery; null where there is none.</summary>
    internal string? DeliveryIdHeader { get; }

    /// <summary>Reads a policy's own <c>Scheme</c> block. Null, and every error in <paramref name="problems"/>, when it has any.</summary>
    public static Scheme? Parse(SettingNode node, ProblemList problems) => SchemeReader.Read(node, problems);
}
