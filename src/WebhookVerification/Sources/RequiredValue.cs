namespace WebhookVerification.Sources;

/// <summary>A value that has to be one of a few, such as the version of the signature in a header of its own.</summary>
internal sealed record RequiredValue(ValueSource Source, string[] Legal)
{
    /// <summary>Malformed when it is another: the request is signed in a way that the scheme does not know.</summary>
    public VerificationOutcome Check(in RequestView view)
    {
        var outcome = Source.Read(view, out var text);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        foreach (var legal in Legal)
        {
            if (text.Span.SequenceEqual(legal))
            {
                return VerificationOutcome.Verified;
            }
        }

        return VerificationOutcome.SignatureMalformed;
    }
}
