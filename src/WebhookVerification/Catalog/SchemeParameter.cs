namespace WebhookVerification.Catalog;

/// <summary>Something that a scheme needs to know of the operator besides keys: an id, a handshake's token.</summary>
/// <param name="Name">What a policy calls it; compared ignoring case.</param>
/// <param name="Required">Whether a policy has to give it.</param>
/// <param name="Description">What it is and where the operator finds it.</param>
public sealed record SchemeParameter(string Name, bool Required, string Description);
