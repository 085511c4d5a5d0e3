using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary>Text that stands in the template itself.</summary>
internal sealed class LiteralPart(byte[] bytes) : ContentPart
{
    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        into.Append(bytes);
        return VerificationOutcome.Verified;
    }
}
