using WebhookVerification.Content;
using WebhookVerification.Content.Parts;
using WebhookVerification.Handshakes;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Signatures.Algorithms;
using WebhookVerification.Sources;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>How a provider signs, read from a catalogue entry or a policy's own <c>Scheme</c> and checked. Immutable.</summary>
public sealed class Scheme
{
    internal Scheme(SignatureAlgorithm algorithm, SecretFormat secret, SignatureField signature, ContentVariant[] variants)
    {
        Algorithm = algorithm;
        Secret = secret;
        Signature = signature;
        Variants = variants;
    }

    /// <summary>The algorithm as the catalogue spells it, such as "hmac-sha256".</summary>
    public string AlgorithmName => Algorithm.Name;

    /// <summary>Keys that the provider published for tests. Whoever configures one lets everybody in.</summary>
    public IReadOnlyList<string> PublishedKeys => Secret.Published;

    /// <summary>Whether a time outside the body is part of the signed content.</summary>
    public bool SignsTime => Timestamp is not null;

    /// <summary>Whether the body, or something of it, is part of the signed content; false for tokens and Basic.</summary>
    public bool SignsBody => Variants.All(static variant => variant.SignsBody);

    /// <summary>Whether every byte of the body is; false where only pieces of it are, or fields of a form without their borders.</summary>
    public bool SignsWholeBody => Each is null && Variants.All(static variant => variant.SignsWholeBody);

    /// <summary>Whether a delivery id is part of the signed content.</summary>
    public bool SignsDeliveryId => DeliveryId is not null;

    /// <summary>Whether the signed body holds a time, which a policy may have judged.</summary>
    public bool HasBodyTimestamp => BodyTimestamp is not null;

    /// <summary>Whether a policy has to say which URL the provider was told to call, because it is signed.</summary>
    public bool NeedsPublicUrl => Variants.Any(static variant => variant.Alternatives.Any(static template => template.Parts.Any(static part => part.NeedsPublicUrl)));

    /// <summary>Whether the signed URL is the configured one byte for byte, its query included, whatever the request's.</summary>
    public bool SignsFixedUrl => Variants.Any(static variant => variant.Alternatives.Any(
        static template => template.Parts.Any(static part => part is UrlPart { Form: UrlForm.Fixed })));

    /// <summary>What a policy gives besides keys.</summary>
    public IReadOnlyList<SchemeParameter> Parameters { get; internal init; } = [];

    /// <summary>Methods that the provider's handshakes use besides POST.</summary>
    public IReadOnlyList<string> HandshakeMethods =>
        [.. Handshakes.Select(static handshake => handshake.Method).OfType<string>().Where(static method => method != "POST").Distinct()];

    /// <summary>In the order in which they are tried.</summary>
    internal IReadOnlyList<Handshake> Handshakes { get; init; } = [];

    internal SignatureAlgorithm Algorithm { get; }

    internal SecretFormat Secret { get; }

    internal SignatureField Signature { get; }

    /// <summary>Values that every request of the scheme has.</summary>
    internal RequiredValue[] Requirements { get; init; } = [];

    /// <summary>Null where no time outside the body is signed.</summary>
    internal TimestampField? Timestamp { get; init; }

    /// <summary>Null where no time in the body is signed.</summary>
    internal TimestampField? BodyTimestamp { get; init; }

    /// <summary>What is signed; the first variant that fits the request counts, and the last one fits all.</summary>
    internal ContentVariant[] Variants { get; }

    /// <summary>An array in the body of which each item is signed by itself; null where the request is.</summary>
    internal JsonPointer? Each { get; init; }

    /// <summary>A signed value that names the delivery; null where there is none.</summary>
    internal ValueSource? DeliveryId { get; init; }

    /// <summary>Reads a policy's own <c>Scheme</c> block. Null, and every error in <paramref name="problems"/>, when it has any.</summary>
    public static Scheme? Parse(SettingNode node, ProblemList problems) => SchemeReader.Read(node, problems);
}
