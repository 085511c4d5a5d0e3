using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary>
/// A place in a request, or in the policy, that holds a value. Written the same way wherever the catalogue needs one:
/// <c>header:X-Id</c> as the place of a signature, <c>{header:X-Id}</c> as a part of the signed content.
/// </summary>
/// <param name="notation">How it is written, normalised: two sources are the same when this is.</param>
internal abstract class ValueSource(string notation) : ContentPart
{
    public string Notation { get; } = notation;

    /// <summary>
    /// The value as text, a character a byte. <see cref="VerificationOutcome.SignatureMissing"/> when it is not there,
    /// <see cref="VerificationOutcome.SignatureMalformed"/> when it is there twice, of another kind, or too long.
    /// </summary>
    public virtual VerificationOutcome Read(in RequestView view, out ReadOnlyMemory<char> value)
    {
        var scratch = view.Evidence.Scratch;
        scratch.Clear();
        var outcome = Write(view, scratch);
        if (outcome == VerificationOutcome.Verified && scratch.Length > HeaderField.MaxLength)
        {
            outcome = VerificationOutcome.SignatureMalformed;
        }

        value = outcome == VerificationOutcome.Verified ? view.Evidence.Texts.AddLatin1(scratch.Written) : default;
        return outcome;
    }
}
