namespace WebhookVerification.Content;

/// <summary>A piece of a template as written: literal text, a placeholder <c>{name:argument}</c>, or a segment <c>[…]</c>.</summary>
/// <param name="Literal">Literal text; null for anything else.</param>
/// <param name="Name">The placeholder's name.</param>
/// <param name="Argument">What follows the colon; null without one.</param>
/// <param name="Segment">The pieces of an optional segment; null for anything else.</param>
internal sealed record TemplateToken(
    string? Literal, string Name = "", string? Argument = null, IReadOnlyList<TemplateToken>? Segment = null)
{
    /// <summary>The placeholder as written.</summary>
    public override string ToString() => Literal ?? $"{{{Name}{(Argument is null ? "" : ":" + Argument)}}}";
}
