using WebhookVerification.Sources;

namespace WebhookVerification.Content;

/// <summary>What a scheme signs in one kind of request.</summary>
/// <param name="When">The kind is told by this value being there; null for all other requests.</param>
/// <param name="Alternatives">The signature covers one of these; several only where a provider is documented to waver.</param>
/// <param name="Digest">A signed digest that has to be the body's; null where there is none.</param>
internal sealed record ContentVariant(ValueSource? When, ContentTemplate[] Alternatives, DigestField? Digest)
{
    /// <summary>Whether the body, or something of it, is signed.</summary>
    public bool SignsBody => Digest is not null || Array.TrueForAll(Alternatives, static template => template.SignsBody);

    /// <summary>Whether every byte of the body is signed.</summary>
    public bool SignsWholeBody => Digest is not null || Array.TrueForAll(Alternatives, static template => template.SignsWholeBody);

    /// <summary>The first variant that fits the request; the last one fits every request. Malformed when what tells them apart is.</summary>
    public static VerificationOutcome Select(ContentVariant[] variants, in RequestView view, out ContentVariant variant)
    {
        variant = variants[^1];
        foreach (var candidate in variants)
        {
            var outcome = candidate.When?.Preflight(view) ?? VerificationOutcome.Verified;
            if (outcome != VerificationOutcome.SignatureMissing)
            {
                variant = candidate;
                return outcome;
            }
        }

        return VerificationOutcome.NotVerified;
    }

    /// <summary>Whether the value is part of the content in any case.</summary>
    public bool Signs(ValueSource source) => Array.TrueForAll(Alternatives, template => template.Signs(source));

    /// <summary>What the headers alone tell: enough that one alternative is possible.</summary>
    public VerificationOutcome Preflight(in RequestView view)
    {
        var outcome = VerificationOutcome.NotVerified;
        foreach (var template in Alternatives)
        {
            outcome = template.Preflight(view);
            if (outcome == VerificationOutcome.Verified)
            {
                break;
            }
        }

        return outcome;
    }
}
