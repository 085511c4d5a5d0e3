using System.Buffers;

namespace WebhookVerification.Sources;

/// <summary>The one notation for the place of a value: <c>kind:argument</c>.</summary>
internal static class SourceNotation
{
    /// <summary>For error messages and documents.</summary>
    public static readonly IReadOnlyList<string> Legal = ["header:NAME", "query:NAME", "form:NAME", "json:/POINTER", "parameter:NAME"];

    /// <summary>RFC 9110's "token".</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Null when the text is none.</summary>
    public static ValueSource? Parse(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? Create(text[..colon], text[(colon + 1)..]) : null;

    /// <summary>Null when there is no such kind, or the argument is not of its form.</summary>
    public static ValueSource? Create(string kind, string? argument) => (kind, argument) switch
    {
        (_, null or "") => null,
        ("header", _) when !argument.AsSpan().ContainsAnyExcept(TokenCharacters) => new HeaderSource(argument),
        ("query", _) => new QuerySource(argument),
        ("form", _) => new FormSource(argument),
        ("parameter", _) => new ParameterSource(argument),
        ("json", _) when JsonPointer.Parse(argument) is { } pointer => new JsonSource(argument, pointer),
        _ => null,
    };
}
