using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>[…]</c>: a segment that is left out whole when a value in it is absent.</summary>
internal sealed class OptionalPart(ContentPart[] parts) : ContentPart
{
    public IReadOnlyList<ContentPart> Parts { get; } = parts;

    public override bool InBody => Array.Exists(parts, static part => part.InBody);

    public override bool NeedsPublicUrl => Array.Exists(parts, static part => part.NeedsPublicUrl);

    public override VerificationOutcome Preflight(in RequestView view)
    {
        foreach (var part in parts)
        {
            if (part.Preflight(view) is not VerificationOutcome.Verified and var outcome)
            {
                return Tolerate(outcome);
            }
        }

        return VerificationOutcome.Verified;
    }

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var start = into.Length;
        foreach (var part in parts)
        {
            if (part.Write(view, into) is not VerificationOutcome.Verified and var outcome)
            {
                into.Rewind(start);
                return Tolerate(outcome);
            }
        }

        return VerificationOutcome.Verified;
    }

    private static VerificationOutcome Tolerate(VerificationOutcome outcome) =>
        outcome == VerificationOutcome.SignatureMissing ? VerificationOutcome.Verified : outcome;
}
