using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary>
/// <c>{form:sorted}</c>: name and value of every field of a form, sorted by name, then by value, with nothing between them; a pair
/// that stands there twice counts once. That is what Twilio's libraries do with repeated names; Mandrill repeats none.
/// </summary>
internal sealed class SortedFormPart : ContentPart
{
    public override bool InBody => true;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var fields = view.Evidence.Form;
        var outcome = fields.ReadBody(view);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        fields.Sort();
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields.Name(i);
            var value = fields.Value(i);
            if (i == 0 || !name.SequenceEqual(fields.Name(i - 1)) || !value.SequenceEqual(fields.Value(i - 1)))
            {
                into.Append(name);
                into.Append(value);
            }
        }

        return outcome;
    }
}
