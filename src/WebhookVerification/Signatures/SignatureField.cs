using WebhookVerification.Content;

namespace WebhookVerification.Signatures;

/// <summary>Where a request carries its signatures and how they are written there.</summary>
/// <param name="Headers">Names of headers that may carry one; each at most once, at least one of them there.</param>
/// <param name="Prefixes">One of these must stand before the signature; empty for none.</param>
/// <param name="List">How several fields share the header; null for a single signature.</param>
/// <param name="Encoding">How a signature is written.</param>
internal sealed record SignatureField(
    string[] Headers, string[] Prefixes, SignatureList? List, SignatureEncoding Encoding)
{
    /// <summary>Decodes every signature into <paramref name="evidence"/>.</summary>
    /// <param name="request">The request, of which only headers are read.</param>
    /// <param name="length">A signature's length in bytes; null where the algorithm allows several.</param>
    /// <param name="evidence">Takes the signatures, and the signed time when the list holds it.</param>
    public VerificationOutcome Read(IWebhookRequest request, int? length, Evidence evidence)
    {
        var result = VerificationOutcome.SignatureMissing;
        foreach (var header in Headers)
        {
            var outcome = HeaderField.Read(request, header, out var value);
            if (outcome == VerificationOutcome.Verified)
            {
                outcome = result = ReadValue(value.AsMemory(), length, evidence);
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
