using WebhookVerification.Sources;

namespace WebhookVerification.Time;

/// <summary>Where a request carries a signed time and how it is written there.</summary>
/// <param name="Sources">Places that may hold it, of which one does; empty when it is a field of the signature's list.</param>
/// <param name="Format">How it is written.</param>
internal sealed record TimestampField(ValueSource[] Sources, TimestampFormat Format)
{
    /// <summary>Finds the time's text, unless the signature's list held it, and reads it.</summary>
    public VerificationOutcome Read(in RequestView view, out DateTimeOffset time)
    {
        time = default;
        var text = view.Evidence.TimestampText;
        if (Sources.Length > 0)
        {
            switch (Find(view, out text))
            {
                case VerificationOutcome.SignatureMissing:
                    return VerificationOutcome.TimestampMissing;
                case not VerificationOutcome.Verified:
                    return VerificationOutcome.TimestampMalformed;
            }
        }

        view.Evidence.TimestampText = text;
        return text.IsEmpty ? VerificationOutcome.TimestampMissing
            : TimestampParser.TryParse(text.Span, Format, out time) ? VerificationOutcome.Verified
            : VerificationOutcome.TimestampMalformed;
    }

    private VerificationOutcome Find(in RequestView view, out ReadOnlyMemory<char> text)
    {
        text = default;
        var outcome = VerificationOutcome.SignatureMissing;
        for (var i = 0; i < Sources.Length && outcome == VerificationOutcome.SignatureMissing; i++)
        {
            outcome = Sources[i].Read(view, out text);
        }

        return outcome;
    }
}
