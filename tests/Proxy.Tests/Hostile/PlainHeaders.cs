namespace Proxy.Tests.Hostile;

/// <summary>
/// Headers as the most careless consumer reads them: names that CGI makes one variable of are one header, and every one of them
/// counts.
/// </summary>
internal sealed class PlainHeaders
{
    private readonly ILookup<string, string> _values;
    private readonly bool _areWhole;

    public PlainHeaders(IReadOnlyList<string> lines)
    {
        _areWhole = lines.All(static line => line.IndexOf(':', StringComparison.Ordinal) > 0 && line[0] is not (' ' or '\t'));
        _values = lines.Where(static line => line.Contains(':', StringComparison.Ordinal)).Select(static line => line.Split(':', 2))
            .ToLookup(static field => Fold(field[0]), static field => field[1].Trim(' ', '\t'));
    }

    /// <summary>What no forwarded message may have.</summary>
    public string? Objection() =>
        !_areWhole ? "a line that is no header"
        : _values.Contains(Fold("transfer-encoding")) ? "a transfer coding beside a length"
        : _values.Contains("upgrade") || _values.Contains("trailer") || _values.Contains("expect") ? "a hop-by-hop header"
        : _values["host"].Count() != 1 ? "not one Host"
        : null;

    /// <summary>The value of the only header of that name; text that is no value of anything where there is none, or two.</summary>
    public string One(string name) => _values[Fold(name)].ToList() is [var only] ? only : "\0";

    private static string Fold(string name) =>
        string.Create(name.Length, name, static (folded, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                folded[i] = char.IsAsciiLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : '_';
            }
        });
}
