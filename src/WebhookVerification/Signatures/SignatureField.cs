using WebhookVerification.Sources;

namespace WebhookVerification.Signatures;

/// <summary>Where a request carries its signatures and how they are written there.</summary>
/// <param name="Sources">Places that may hold one; at least one of them does. All in the body, or none.</param>
/// <param name="Prefixes">One of these must stand before the signature; empty for none.</param>
/// <param name="List">How several fields share the place; null for a single signature.</param>
/// <param name="Encoding">How a signature is written.</param>
internal sealed record SignatureField(ValueSource[] Sources, string[] Prefixes, SignatureList? List, SignatureEncoding Encoding)
{
    /// <summary>Whether the body must have been read.</summary>
    public bool InBody => Sources[0].InBody;

    /// <summary>Decodes every signature into the evidence, and finds the signed time when the list holds it.</summary>
    /// <param name="view">The request.</param>
    /// <param name="length">A signature's length in bytes; null where the algorithm allows several.</param>
    public VerificationOutcome Read(in RequestView view, int? length)
    {
        var result = VerificationOutcome.SignatureMissing;
        foreach (var source in Sources)
        {
            var outcome = source.Read(view, out var value);
            if (outcome == VerificationOutcome.Verified)
            {
                outcome = result = ReadValue(value, length, view.Evidence);
            }

            if (outcome is not (VerificationOutcome.Verified or VerificationOutcome.SignatureMissing))
            {
                return outcome;
            }
        }

        return result;
    }

    private VerificationOutcome ReadValue(ReadOnlyMemory<char> value, int? length, Evidence evidence)
    {
        if (!TryStripPrefix(ref value))
        {
            return VerificationOutcome.SignatureMalformed;
        }

        return List is not null ? List.Read(value, Encoding, length, evidence)
            : value.IsEmpty ? VerificationOutcome.SignatureMissing
            : evidence.Signatures.TryAdd(value.Span, Encoding, length) ? VerificationOutcome.Verified
            : VerificationOutcome.SignatureMalformed;
    }

    private bool TryStripPrefix(ref ReadOnlyMemory<char> value)
    {
        foreach (var prefix in Prefixes)
        {
            if (value.Span.StartsWith(prefix, StringComparison.Ordinal))
            {
                value = value[prefix.Length..];
                return true;
            }
        }

        return Prefixes.Length == 0;
    }
}
