using WebhookVerification.Content.Parts;
using WebhookVerification.Sources;

namespace WebhookVerification.Content;

/// <summary>A compiled template: what exactly a scheme signs.</summary>
internal sealed class ContentTemplate
{
    private readonly ContentPart[] _parts;

    private ContentTemplate(ContentPart[] parts)
    {
        _parts = parts;
        Parts = [.. parts.SelectMany(static part => part is OptionalPart optional ? optional.Parts : [part])];
    }

    /// <summary>Every part, those of optional segments too.</summary>
    public IReadOnlyList<ContentPart> Parts { get; }

    /// <summary>Whether the whole body, or something of it, is signed.</summary>
    public bool SignsBody => Array.Exists(_parts, static part => part.InBody);

    /// <summary>Whether every byte of the body is signed, as it is or by a digest.</summary>
    public bool SignsWholeBody => Array.Exists(_parts, static part => part is BodyPart or DigestPart);

    /// <summary>Whether the time is signed.</summary>
    public bool SignsTimestamp => Array.Exists(_parts, static part => part is TimestampPart);

    /// <summary>Where the secret stands in what an un-keyed hash covers.</summary>
    public SecretPlace Secret => _parts switch
    {
        [SecretPart, ..] => SecretPlace.First,
        [.., SecretPart] => SecretPlace.Last,
        _ => SecretPlace.None,
    };

    /// <summary>Whether a value is part of the content, by itself or with the whole body.</summary>
    public bool Signs(ValueSource source) => Parts.Any(part =>
        part is ValueSource other ? other.Notation == source.Notation : source.InBody && part is BodyPart or DigestPart or SortedFormPart);

    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the template is not legal.</summary>
    public static ContentTemplate? Compile(string template, out string error)
    {
        if (TemplateParser.Parse(template, out error) is not { } tokens)
        {
            return null;
        }

        var parts = new List<ContentPart>();
        foreach (var token in tokens)
        {
            if (Placeholders.ToPart(token) is not { } part)
            {
                error = token.Segment is not null
                    ? "an optional segment \"[…]\" holds at least one of " + string.Join(", ", SourceNotation.Legal.Select(static source => $"{{{source}}}")) + ", and text"
                    : $"\"{token}\" is no placeholder; legal are " + string.Join(", ", Placeholders.Legal);
                return null;
            }

            if (part is BodyPart && parts.Exists(static other => other is BodyPart))
            {
                error = "\"{body}\" may stand there once";
                return null;
            }

            parts.Add(part);
        }

        if (parts.Index().Any(at => at.Item is SecretPart && at.Index > 0 && (at.Index < parts.Count - 1 || parts[0] is SecretPart)))
        {
            error = "\"{secret}\" may stand there once, first or last";
            return null;
        }

        return new ContentTemplate([.. parts]);
    }

    /// <summary>What the headers alone tell.</summary>
    public VerificationOutcome Preflight(in RequestView view)
    {
        foreach (var part in _parts)
        {
            if (part.Preflight(view) is not VerificationOutcome.Verified and var outcome)
            {
                return outcome;
            }
        }

        return VerificationOutcome.Verified;
    }

    /// <summary>Writes the content around the body into the evidence's buffer, behind what is there already.</summary>
    public VerificationOutcome Write(in RequestView view)
    {
        foreach (var part in _parts)
        {
            if (part.Write(view, view.Evidence.Content) is not VerificationOutcome.Verified and var outcome)
            {
                return outcome;
            }
        }

        return VerificationOutcome.Verified;
    }
}

/// <summary>Where <c>{secret}</c> stands in a template.</summary>
internal enum SecretPlace
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Before everything else.</summary>
    First,

    /// <summary>After everything else.</summary>
    Last,
}
