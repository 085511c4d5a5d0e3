using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>{body}</c>: the bytes as received.</summary>
internal sealed class BodyPart : ContentPart
{
    public override bool InBody => true;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        into.MarkBody();
        return VerificationOutcome.Verified;
    }
}
