namespace WebhookVerification;

/// <summary>What becomes of a signed time inside the body. Providers that retry for hours send the first attempt's time again.</summary>
public enum BodyTimestampMode
{
    /// <summary>It is not looked at.</summary>
    Off = 0,

    /// <summary>It is judged; <see cref="VerificationResult.BodyTime"/> tells how.</summary>
    Report,

    /// <summary>It is judged as one outside the body is.</summary>
    Enforce,
}
