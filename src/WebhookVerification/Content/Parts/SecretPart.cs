using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary>
/// <c>{secret}</c>, first or last in the content of a hash without a key. Writes nothing: the key itself hashes the secret in,
/// so that no buffer and no replay key ever holds it.
/// </summary>
internal sealed class SecretPart : ContentPart
{
    public override VerificationOutcome Write(in RequestView view, ContentBuffer into) => VerificationOutcome.Verified;
}
