namespace WebhookVerification.Signing;

/// <summary>What a sender has before it signs.</summary>
public sealed record UnsignedWebhook
{
    /// <summary>The method, upper case for the standard ones. Default: POST.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>Path and query exactly as they will be sent. Default: "/".</summary>
    public string Target { get; init; } = "/";

    /// <summary>Headers that are sent anyway, such as Content-Type. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Every byte of the body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The time to sign, where the scheme signs one outside the body.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What signed headers hold that are neither a time nor given in <see cref="Headers"/>: delivery ids and nonces.</summary>
    public required string Id { get; init; }
}
