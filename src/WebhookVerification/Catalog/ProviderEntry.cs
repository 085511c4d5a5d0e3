using WebhookVerification.Settings;

namespace WebhookVerification.Catalog;

/// <summary>One entry of the catalogue: a provider's scheme and what else the proxy must know of it. Immutable.</summary>
public sealed record ProviderEntry
{
    /// <summary>The id a policy names, such as "stripe": lower case, digits and hyphens. "custom" for a policy's own scheme.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own page about it.</summary>
    public string? Docs { get; init; }

    /// <summary>Where the facts were read.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The JSON that the entry was read from; null for one that was made in code.</summary>
    public SettingNode? Definition { get; init; }

    /// <summary>How the provider signs.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The provider's documented tolerance for the signed time; null when it documents none.</summary>
    public TimeSpan? Tolerance { get; init; }

    /// <summary>The largest body the provider sends; null when unknown.</summary>
    public long? MaxBodyBytes { get; init; }

    /// <summary>The status of a rejection where the provider's documents demand another than 400.</summary>
    public int? RejectStatus { get; init; }

    /// <summary>The answer that the provider insists on; null where any 2xx will do.</summary>
    public ProviderReply? Reply { get; init; }

    /// <summary>What to do with a second copy, where the default would be wrong; null where it is right.</summary>
    public ReplayAdvice? Replay { get; init; }

    /// <summary>Unsigned headers that consumers dispatch on.</summary>
    public IReadOnlyList<string> DispatchHeaders { get; init; } = [];

    /// <summary>The provider's retries, in a few words.</summary>
    public string? Retries { get; init; }

    /// <summary>A body such as the provider sends, for trials; null where an empty JSON object will do.</summary>
    public string? Sample { get; init; }

    /// <summary>Methods that the provider's handshakes use besides POST.</summary>
    public IReadOnlyList<string> HandshakeMethods => Scheme.HandshakeMethods;
}
