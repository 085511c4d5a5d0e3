namespace WebhookVerification;

/// <summary>What an operator decides for one verifier.</summary>
public sealed record VerifierOptions
{
    /// <summary>Five minutes.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromMinutes(5);

    /// <summary>One minute.</summary>
    public static readonly TimeSpan DefaultMaxFutureSkew = TimeSpan.FromMinutes(1);

    /// <summary>The secrets, tried in this order.</summary>
    public required IReadOnlyList<Secret> Secrets { get; init; }

    /// <summary>Values for the parameters that the scheme declares, by name. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How old a signed time may be. Default: <see cref="DefaultMaxAge"/>.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>How far ahead a signed time may be. Default: <see cref="DefaultMaxFutureSkew"/>.</summary>
    public TimeSpan MaxFutureSkew { get; init; } = DefaultMaxFutureSkew;

    /// <summary>Whether a signed time inside the body is judged too. Default: off.</summary>
    public BodyTimestampMode BodyTimestamp { get; init; }

    /// <summary>The URL that the provider was told to call, for schemes that sign it. Default: none.</summary>
    public string? PublicUrl { get; init; }
}
