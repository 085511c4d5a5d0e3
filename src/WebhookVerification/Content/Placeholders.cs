using System.Text;
using WebhookVerification.Content.Parts;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Content;

/// <summary>What may stand in a template, and the part that each becomes.</summary>
internal static class Placeholders
{
    /// <summary>For error messages and documents.</summary>
    public static readonly IReadOnlyList<string> Legal =
    [
        "{body}", "{body:HASH:hex}", "{body:HASH:base64}", "{timestamp}", "{secret}", "{method}", "{path}", "{path:query}",
        "{url}", "{url:port}", "{url:no-port}", "{url:no-query}", "{url:decoded}", "{url:fixed}", "{form:sorted}",
        .. SourceNotation.Legal.Select(static source => $"{{{source}}}"),
    ];

    /// <summary>Null when there is no such placeholder.</summary>
    public static ContentPart? ToPart(TemplateToken token) => token switch
    {
        { Literal: { } text } => new LiteralPart(Encoding.UTF8.GetBytes(text)),
        { Segment: { } segment } => ToSegment(segment),
        { Name: "body", Argument: null } => new BodyPart(),
        { Name: "body", Argument: { } digest } => ToDigest(digest),
        { Name: "timestamp", Argument: null } => new TimestampPart(),
        { Name: "secret", Argument: null } => new SecretPart(),
        { Name: "method", Argument: null } => new MethodPart(),
        { Name: "path", Argument: null or "query" } => new PathPart(withQuery: token.Argument is not null),
        { Name: "url", Argument: null } => new UrlPart(UrlForm.Full),
        { Name: "url", Argument: "port" } => new UrlPart(UrlForm.Port),
        { Name: "url", Argument: "no-port" } => new UrlPart(UrlForm.NoPort),
        { Name: "url", Argument: "no-query" } => new UrlPart(UrlForm.NoQuery),
        { Name: "url", Argument: "decoded" } => new UrlPart(UrlForm.Decoded),
        { Name: "url", Argument: "fixed" } => new UrlPart(UrlForm.Fixed),
        { Name: "form", Argument: "sorted" } => new SortedFormPart(),
        _ => SourceNotation.Create(token.Name, token.Argument),
    };

    /// <summary>Null when nothing in it could be absent, or something in it is no placeholder of its own.</summary>
    private static OptionalPart? ToSegment(IReadOnlyList<TemplateToken> tokens)
    {
        var parts = tokens.Select(ToPart).ToList();
        return parts.TrueForAll(static part => part is LiteralPart or ValueSource) && parts.Exists(static part => part is ValueSource)
            ? new OptionalPart([.. parts.Select(static part => part!)])
            : null;
    }

    private static DigestPart? ToDigest(string argument) => argument.Split(':') switch
    {
        [var hash, "hex" or "base64"] parts when HashKind.ByName.TryGetValue(hash, out var kind) => new DigestPart(kind, parts[1] == "hex"),
        _ => null,
    };
}
