using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>{timestamp}</c>: the signed time's text as received, whatever its format.</summary>
internal sealed class TimestampPart : ContentPart
{
    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        into.AppendLatin1(view.Evidence.TimestampText.Span);
        return VerificationOutcome.Verified;
    }
}
