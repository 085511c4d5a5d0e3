namespace WebhookVerification.Content;

/// <summary>A piece of a template as written: literal text, or a placeholder <c>{name}</c> / <c>{name:argument}</c>.</summary>
/// <param name="Literal">Literal text; null for a placeholder.</param>
/// <param name="Name">The placeholder's name.</param>
/// <param name="Argument">What follows the colon; null without one.</param>
internal readonly record struct TemplateToken(string? Literal, string Name = "", string? Argument = null);
