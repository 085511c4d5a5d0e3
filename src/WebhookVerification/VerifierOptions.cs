namespace WebhookVerification;

/// <summary>What an operator decides for one verifier.</summary>
public sealed record VerifierOptions
{
    /// <summary>The secrets, tried in this order.</summary>
    public required IReadOnlyList<Secret> Secrets { get; init; }

    /// <summary>How old a signed time may be. Default: five minutes.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far ahead a signed time may be. Default: one minute.</summary>
    public TimeSpan MaxFutureSkew { get; init; } = TimeSpan.FromMinutes(1);
}
