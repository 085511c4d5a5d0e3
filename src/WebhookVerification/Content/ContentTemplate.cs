using System.Text;

namespace WebhookVerification.Content;

/// <summary>A compiled template: what exactly a scheme signs.</summary>
internal sealed class ContentTemplate
{
    /// <summary>The placeholders there are, for error messages and documents.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["{body}", "{timestamp}", "{header:NAME}"];

    private readonly ContentPart[] _parts;

    private ContentTemplate(ContentPart[] parts, IReadOnlyList<string> signedHeaders)
    {
        _parts = parts;
        SignedHeaders = signedHeaders;
    }

    /// <summary>Whether the body is signed.</summary>
    public bool SignsBody => Array.Exists(_parts, part => part is BodyPart);

    /// <summary>Whether the time is signed.</summary>
    public bool SignsTimestamp => Array.Exists(_parts, part => part is TimestampPart);

    /// <summary>Headers that are part of the content.</summary>
    public IReadOnlyList<string> SignedHeaders { get; }

    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the template is not legal.</summary>
    public static ContentTemplate? Compile(string template, out string error)
    {
        if (TemplateParser.Parse(template, out error) is not { } tokens)
        {
            return null;
        }

        var parts = new List<ContentPart>();
        var headers = new List<string>();
        foreach (var token in tokens)
        {
            if (ToPart(token) is not { } part)
            {
                error = $"\"{{{token.Name}{(token.Argument is null ? "" : ":" + token.Argument)}}}\" is no placeholder; legal are "
                    + string.Join(", ", Placeholders);
                return null;
            }

            if (part is BodyPart && parts.Exists(other => other is BodyPart))
            {
                error = "\"{body}\" may stand there once";
                return null;
            }

            parts.Add(part);
            if (part is HeaderPart)
            {
                headers.Add(token.Argument!);
            }
        }

        return new ContentTemplate([.. parts], headers);
    }

    /// <summary>What the headers alone tell.</summary>
    public VerificationOutcome Preflight(IWebhookRequest request)
    {
        foreach (var part in _parts)
        {
            if (part.Preflight(request) is not VerificationOutcome.Verified and var outcome)
            {
                return outcome;
            }
        }

        return VerificationOutcome.Verified;
    }

    /// <summary>Writes the content around the body into the evidence's buffer.</summary>
    public VerificationOutcome Write(in ContentContext context)
    {
        var buffer = context.Evidence.Content;
        buffer.Clear();
        foreach (var part in _parts)
        {
            if (part.Write(context, buffer) is not VerificationOutcome.Verified and var outcome)
            {
                return outcome;
            }
        }

        return VerificationOutcome.Verified;
    }

    private static ContentPart? ToPart(TemplateToken token) => token switch
    {
        { Literal: { } text } => new LiteralPart(Encoding.UTF8.GetBytes(text)),
        { Name: "body", Argument: null } => new BodyPart(),
        { Name: "timestamp", Argument: null } => new TimestampPart(),
        { Name: "header", Argument.Length: > 0 } => new HeaderPart(token.Argument!),
        _ => null,
    };
}
