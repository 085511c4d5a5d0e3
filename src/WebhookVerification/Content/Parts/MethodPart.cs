using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>{method}</c>: the request's method as received.</summary>
internal sealed class MethodPart : ContentPart
{
    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        into.AppendLatin1(view.Request.Method);
        return VerificationOutcome.Verified;
    }
}
