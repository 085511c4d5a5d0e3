namespace WebhookVerification;

/// <summary>The answer a provider insists on before it counts a delivery as successful.</summary>
/// <param name="ContentType">Of the body that we send.</param>
/// <param name="Body">What we send when the upstream's own body is none of the accepted ones.</param>
/// <param name="Accepted">Bodies of the upstream that may pass as they are, compared without surrounding white space; includes <paramref name="Body"/>.</param>
public sealed record ProviderReply(string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<ReadOnlyMemory<byte>> Accepted);
