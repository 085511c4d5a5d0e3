namespace WebhookVerification;

/// <summary>Verifies the requests of one provider with one set of secrets.</summary>
public sealed class WebhookVerifier
{
    /// <summary>Whether a time is part of the signed content outside the body.</summary>
    public bool SignsTime { get; init; }

    /// <summary>Whether the body is part of the signed content; false for tokens and Basic.</summary>
    public bool SignsBody { get; init; }

    /// <summary>Whether a delivery id is part of the signed content.</summary>
    public bool SignsDeliveryId { get; init; }
}
