namespace WebhookVerification.Signatures;

/// <summary>
/// A signature header that holds several fields: <c>t=1,v1=ab,v1=cd</c>, <c>v1,ab v1,cd</c>, or by position
/// <c>1,ab,cd</c>. Fields that the scheme does not name are skipped: providers add some.
/// </summary>
/// <param name="Separators">Each of these characters ends a field; white space around a field is not part of it.</param>
/// <param name="Assign">Stands between a field's name and its value; null where fields count by position.</param>
/// <param name="Signatures">The fields that hold signatures.</param>
/// <param name="Timestamp">The field that holds the signed time; null where it stands elsewhere.</param>
internal sealed record SignatureList(
    string Separators, char? Assign, FieldSelector[] Signatures, FieldSelector? Timestamp)
{
    /// <summary>Fields in one header, skipped ones included; more are malformed.</summary>
    private const int MaxFields = 64;

    /// <summary>Reads every field into <paramref name="evidence"/>.</summary>
    public VerificationOutcome Read(ReadOnlyMemory<char> text, SignatureEncoding encoding, int? length, Evidence evidence)
    {
        var before = evidence.Signatures.Count;
        var rest = text;
        for (var position = 0; ; position++)
        {
            var end = rest.Span.IndexOfAny(Separators);
            var field = (end < 0 ? rest : rest[..end]).Trim(HttpSyntax.Space);
            if (position == MaxFields || !TakeField(field, position, encoding, length, evidence))
            {
                return VerificationOutcome.SignatureMalformed;
            }

            if (end < 0)
            {
                return evidence.Signatures.Count > before ? VerificationOutcome.Verified : VerificationOutcome.SignatureMissing;
            }

            rest = rest[(end + 1)..];
        }
    }

    private bool TakeField(ReadOnlyMemory<char> field, int position, SignatureEncoding encoding, int? length, Evidence evidence)
    {
        ReadOnlySpan<char> name = default;
        var value = field;
        if (Assign is { } assign)
        {
            // The first one: base64 ends in "=" too.
            var at = field.Span.IndexOf(assign);
            if (at < 0)
            {
                // Two separators in a row (", ") leave an empty field between them.
                return field.IsEmpty && Separators.Length > 1;
            }

            name = field.Span[..at].TrimEnd(HttpSyntax.Space);
            value = field[(at + 1)..].TrimStart(HttpSyntax.Space);
        }

        if (Timestamp is { } timestamp && timestamp.Picks(name, position))
        {
            // A second, other time would leave it to us which one was signed.
            var isOnly = evidence.TimestampText.IsEmpty || evidence.TimestampText.Span.SequenceEqual(value.Span);
            evidence.TimestampText = value;
            return isOnly;
        }

        foreach (var signature in Signatures)
        {
            if (signature.Picks(name, position))
            {
                return evidence.Signatures.TryAdd(value.Span, encoding, length);
            }
        }

        return true;
    }
}
