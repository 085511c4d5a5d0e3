using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary><c>parameter:NAME</c>: what the policy gives for a parameter that the scheme declares.</summary>
internal sealed class ParameterSource(string name) : ValueSource("parameter:" + name.ToLowerInvariant())
{
    public string Name { get; } = name;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        if (view.Inputs.Parameter(Name) is not { } value)
        {
            return VerificationOutcome.SignatureMissing;
        }

        into.Append(value);
        return VerificationOutcome.Verified;
    }
}
