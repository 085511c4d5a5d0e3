using WebhookVerification.Content;
using WebhookVerification.Signatures;

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

    /// <summary>The signed time as it stands in the request; empty where the scheme signs none or it was not found.</summary>
    internal ReadOnlyMemory<char> TimestampText { get; set; }

    /// <summary>The signed time, once it was read; null where the scheme signs none.</summary>
    public DateTimeOffset? SignedTime { get; internal set; }

    /// <summary>Forgets the request, keeps the buffers.</summary>
    public void Clear()
    {
        Signatures.Clear();
        Content.Clear();
        TimestampText = default;
        SignedTime = null;
    }
}
