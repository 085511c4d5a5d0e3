using System.Text;

namespace WebhookVerification.Content;

/// <summary>
/// Splits a template into literals, placeholders <c>{…}</c> and optional segments <c>[…]</c>. A brace or bracket written twice
/// stands for itself.
/// </summary>
internal sealed class TemplateParser
{
    private readonly string _template;
    private readonly StringBuilder _literal = new();
    private List<TemplateToken> _tokens = [];
    private List<TemplateToken>? _outside;
    private int _segmentAt;
    private string _error = "";

    private TemplateParser(string template) => _template = template;

    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the template cannot be read.</summary>
    public static IReadOnlyList<TemplateToken>? Parse(string template, out string error)
    {
        var parser = new TemplateParser(template);
        parser.Run();
        error = parser._error;
        return error.Length == 0 ? parser._tokens : null;
    }

    private void Run()
    {
        for (var at = 0; at < _template.Length && _error.Length == 0; at++)
        {
            var c = _template[at];
            if (c is not ('{' or '}' or '[' or ']'))
            {
                _literal.Append(c);
            }
            else if (at + 1 < _template.Length && _template[at + 1] == c)
            {
                _literal.Append(c);
                at++;
            }
            else
            {
                Flush();
                at = Take(c, at);
            }
        }

        Flush();
        if (_error.Length == 0 && _outside is not null)
        {
            Fail('[', _segmentAt, "is not closed");
        }
    }

    /// <summary>Returns where the construct that begins at <paramref name="at"/> ends.</summary>
    private int Take(char c, int at)
    {
        switch (c)
        {
            case '{' when _template.IndexOf('}', at) is >= 0 and var end:
                TakePlaceholder(_template[(at + 1)..end]);
                return end;
            case '[' when _outside is null:
                (_outside, _tokens, _segmentAt) = (_tokens, [], at);
                return at;
            case ']' when _outside is not null:
                _outside.Add(new TemplateToken(null, Segment: _tokens));
                (_tokens, _outside) = (_outside, null);
                return at;
            default:
                Fail(c, at, c == '{' ? "is not closed" : c == '[' ? "stands inside another segment" : "closes nothing");
                return at;
        }
    }

    private void TakePlaceholder(string inside)
    {
        var colon = inside.IndexOf(':', StringComparison.Ordinal);
        _tokens.Add(colon < 0 ? new(null, inside) : new(null, inside[..colon], inside[(colon + 1)..]));
    }

    private void Flush()
    {
        if (_literal.Length > 0)
        {
            _tokens.Add(new TemplateToken(_literal.ToString()));
            _literal.Clear();
        }
    }

    private void Fail(char c, int at, string what) =>
        _error = $"the \"{c}\" at character {at + 1} {what}; a literal one is written \"{c}{c}\"";
}
