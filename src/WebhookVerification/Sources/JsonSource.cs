using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary><c>json:/POINTER</c>: a string, number, true or false in the JSON of the body.</summary>
internal sealed class JsonSource(string text, JsonPointer pointer) : ValueSource("json:" + text)
{
    public override bool InBody => true;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var outcome = pointer.Find(view.Body, out var value);
        return outcome == VerificationOutcome.Verified ? JsonText.Write(value, into) : outcome;
    }
}
