namespace WebhookVerification.Handshakes;

/// <summary>What a request is to a provider's handshakes. Member 0 answers nothing.</summary>
public enum HandshakeOutcome
{
    /// <summary>It is none: go on as with any request.</summary>
    NotAHandshake = 0,

    /// <summary>It is one, and <see cref="HandshakeResult.Answer"/> answers it.</summary>
    Answered,

    /// <summary>It looks like one, but its token is wrong or of a form that could be signed content: refuse it.</summary>
    Failed,
}

/// <summary>What came of looking for a handshake.</summary>
/// <param name="Outcome">What the request is.</param>
/// <param name="Answer">With <see cref="HandshakeOutcome.Answered"/>, the answer; with <see cref="HandshakeOutcome.Failed"/>, the refusal that the provider asks for, or null.</param>
public readonly record struct HandshakeResult(HandshakeOutcome Outcome, HandshakeAnswer? Answer = null);

/// <summary>An answer to a handshake. Never forwarded, never claimed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Of the body; null where there is no body.</param>
/// <param name="Body">The whole body.</param>
/// <param name="Headers">Further headers, X-Content-Type-Options among them.</param>
public sealed record HandshakeAnswer(
    int Status, string? ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers);
