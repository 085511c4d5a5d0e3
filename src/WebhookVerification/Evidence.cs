using WebhookVerification.Content;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification;

/// <summary>
/// What a request offers to prove itself: decoded signatures, the signed time, the content around the body. Filled by
/// <see cref="WebhookVerifier.Preflight"/> and used by <see cref="WebhookVerifier.Verify"/>. Meant to be kept and used for
/// one request after the other; not safe for two at a time.
/// </summary>
public sealed class Evidence
{
    internal SignatureSet Signatures { get; } = new();

    internal ContentBuffer Content { get; } = new();

    /// <summary>For a value on its way to a text.</summary>
    internal ContentBuffer Scratch { get; } = new();

    internal TextArena Texts { get; } = new();

    internal FormFields Query { get; } = new();

    internal FormFields Form { get; } = new();

    /// <summary>When the request was judged.</summary>
    internal DateTimeOffset Now { get; set; }

    /// <summary>The signed time as it stands in the request; empty where the scheme signs none or it was not found.</summary>
    internal ReadOnlyMemory<char> TimestampText { get; set; }

    /// <summary>The signed delivery id of a verified request; empty where there is none.</summary>
    internal ReadOnlyMemory<char> DeliveryId { get; set; }

    /// <summary>The signed time, once it was read and is to be judged; null where the scheme signs none.</summary>
    public DateTimeOffset? SignedTime { get; internal set; }

    /// <summary>After a verification: whether every byte of the body, where it stands, is part of the signed content.</summary>
    public bool CoversBody => Content.HasBody;

    /// <summary>Forgets the request, keeps the buffers.</summary>
    public void Clear()
    {
        Signatures.Clear();
        Content.Clear();
        Scratch.Clear();
        Texts.Clear();
        Query.Clear();
        Form.Clear();
        TimestampText = default;
        DeliveryId = default;
        SignedTime = null;
    }
}
