using WebhookVerification.Content;

namespace WebhookVerification.Time;

/// <summary>Where a request carries its signed time and how it is written there.</summary>
/// <param name="Header">A header of its own; null when the time is a field of the signature header.</param>
/// <param name="Format">How it is written.</param>
internal sealed record TimestampField(string? Header, TimestampFormat Format)
{
    /// <summary>Reads the time into <paramref name="evidence"/>, which holds its text already if the signature header did.</summary>
    public VerificationOutcome Read(IWebhookRequest request, Evidence evidence)
    {
        if (Header is not null)
        {
            switch (HeaderField.Read(request, Header, out var value))
            {
                case VerificationOutcome.SignatureMalformed:
                    return VerificationOutcome.TimestampMalformed;
                case VerificationOutcome.Verified:
                    evidence.TimestampText = value.AsMemory();
                    break;
            }
        }

        if (evidence.TimestampText.IsEmpty)
        {
            return VerificationOutcome.TimestampMissing;
        }

        if (!TimestampParser.TryParse(evidence.TimestampText.Span, Format, out var time))
        {
            return VerificationOutcome.TimestampMalformed;
        }

        evidence.SignedTime = time;
        return VerificationOutcome.Verified;
    }
}
