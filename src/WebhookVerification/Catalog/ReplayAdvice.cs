namespace WebhookVerification.Catalog;

/// <summary>What to do with a second copy of a request.</summary>
public enum ReplayAdvice
{
    /// <summary>Copies are not looked for: what is signed is the same in different events.</summary>
    Off = 0,

    /// <summary>Copies are counted.</summary>
    Report,

    /// <summary>Copies are refused.</summary>
    Enforce,
}
