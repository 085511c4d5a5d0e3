using System.Text;

namespace WebhookVerification.Content;

/// <summary>Splits a signed-content template into literals and placeholders. "{{" and "}}" stand for the braces themselves.</summary>
internal static class TemplateParser
{
    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the template cannot be read.</summary>
    public static IReadOnlyList<TemplateToken>? Parse(string template, out string error)
    {
        var tokens = new List<TemplateToken>();
        var literal = new StringBuilder();
        error = "";
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '}')
            {
                error = $"the \"}}\" at character {i + 1} closes nothing; a literal brace is written \"}}}}\"";
                return null;
            }
            else if (c != '{')
            {
                literal.Append(c);
            }
            else if (template.IndexOf('}', i) is var end && end < 0)
            {
                error = $"the \"{{\" at character {i + 1} is not closed; a literal brace is written \"{{{{\"";
                return null;
            }
            else
            {
                Flush(literal, tokens);
                var inside = template[(i + 1)..end];
                var colon = inside.IndexOf(':', StringComparison.Ordinal);
                tokens.Add(colon < 0 ? new(null, inside) : new(null, inside[..colon], inside[(colon + 1)..]));
                i = end;
            }
        }

        Flush(literal, tokens);
        return tokens;
    }

    private static void Flush(StringBuilder literal, List<TemplateToken> tokens)
    {
        if (literal.Length > 0)
        {
            tokens.Add(new TemplateToken(literal.ToString()));
            literal.Clear();
        }
    }
}
