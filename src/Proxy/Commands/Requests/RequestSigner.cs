using WebhookVerification.Catalog;
using WebhookVerification.Signing;

namespace Proxy.Commands.Requests;

/// <summary>Signs bodies the way a command line says.</summary>
internal sealed class RequestSigner(ProviderEntry entry, WebhookSigner signer)
{
    public ProviderEntry Entry => entry;

    public bool SignsTime => entry.Scheme.SignsTime;

    public required string Method { get; init; }

    public required string Target { get; init; }

    /// <summary>The time to sign; null for the clock's.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>Null for a new one for each request.</summary>
    public required string? Id { get; init; }

    /// <exception cref="UsageException">The provider would not send such a request.</exception>
    public SignedWebhook Sign(ReadOnlyMemory<byte> body, DateTimeOffset time)
    {
        var webhook = new UnsignedWebhook
        {
            Method = Method,
            Target = Target,
            Headers = [new("Content-Type", BodyKind.ContentType(body.Span))],
            Body = body,
            Time = time,
            Id = Id ?? $"msg_{Guid.NewGuid():N}",
        };
        return signer.Sign(webhook, out var obstacle)
            ?? throw new UsageException($"A request of {entry.Name} cannot be signed by this tool: {obstacle}.");
    }
}
