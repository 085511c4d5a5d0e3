using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Proxy.Commands.Explain.Causes;

/// <summary>One of the ways in which a library writes JSON.</summary>
/// <param name="Layout">Where white space stands.</param>
/// <param name="SortsKeys">Members in the order of their names.</param>
/// <param name="EscapesUnicode">Everything but ASCII as \u1234 (Python, PHP).</param>
/// <param name="EscapesSlashes">A slash as \/ (PHP).</param>
/// <param name="EscapesHtml">The characters &lt;, &gt; and &amp; as \u003c (Go).</param>
internal sealed record JsonStyle(JsonLayout Layout, bool SortsKeys, bool EscapesUnicode, bool EscapesSlashes, bool EscapesHtml)
{
    /// <summary>Every combination, the usual ones first.</summary>
    public static IEnumerable<JsonStyle> All { get; } =
    [
        .. from html in new[] { false, true }
           from sorted in new[] { false, true }
           from slashes in new[] { false, true }
           from unicode in new[] { false, true }
           from layout in Enum.GetValues<JsonLayout>()
           select new JsonStyle(layout, sorted, unicode, slashes, html),
    ];

    /// <summary>For people.</summary>
    public override string ToString() => Layout switch
    {
        JsonLayout.Compact => "compact",
        JsonLayout.Spaced => "a space after each colon and comma",
        JsonLayout.TwoSpaces => "indented by two spaces",
        _ => "indented by four spaces",
    }
        + (SortsKeys ? ", keys sorted" : "")
        + (EscapesUnicode ? ", unicode escaped" : "")
        + (EscapesSlashes ? ", slashes escaped" : "")
        + (EscapesHtml ? ", <, > and & escaped" : "");

    public byte[] Write(JsonElement json)
    {
        var text = new StringBuilder();
        Write(json, text, depth: 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Write(JsonElement json, StringBuilder text, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = json.EnumerateObject().ToList();
                var ordered = SortsKeys ? [.. members.OrderBy(static member => member.Name, StringComparer.Ordinal)] : members;
                WriteAll('{', ordered, '}', text, depth, member =>
                {
                    WriteString(member.Name, text);
                    text.Append(Layout == JsonLayout.Compact ? ":" : ": ");
                    Write(member.Value, text, depth + 1);
                });
                break;
            case JsonValueKind.Array:
                WriteAll('[', [.. json.EnumerateArray()], ']', text, depth, item => Write(item, text, depth + 1));
                break;
            case JsonValueKind.String:
                WriteString(json.GetString()!, text);
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }
    }

    private void WriteAll<T>(char open, List<T> items, char close, StringBuilder text, int depth, Action<T> write)
    {
        text.Append(open);
        foreach (var (index, item) in items.Index())
        {
            text.Append(index == 0 ? "" : Layout == JsonLayout.Spaced ? ", " : ",");
            NewLine(text, depth + 1);
            write(item);
        }

        if (items.Count > 0)
        {
            NewLine(text, depth);
        }

        text.Append(close);
    }

    private void NewLine(StringBuilder text, int depth)
    {
        if (Layout is JsonLayout.TwoSpaces or JsonLayout.FourSpaces)
        {
            text.Append('\n').Append(' ', depth * (Layout == JsonLayout.TwoSpaces ? 2 : 4));
        }
    }

    private void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '/' when EscapesSlashes => text.Append("\\/"),
                < ' ' => Escape(c, text),
                '<' or '>' or '&' when EscapesHtml => Escape(c, text),
                > '\x7e' when EscapesUnicode => Escape(c, text),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static StringBuilder Escape(char c, StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}

/// <summary>Where white space stands in JSON.</summary>
internal enum JsonLayout
{
    /// <summary>Nowhere: JSON.stringify.</summary>
    Compact = 0,

    /// <summary>After each colon and comma: Python's json.dumps.</summary>
    Spaced,

    /// <summary>A line for each member, two spaces a level.</summary>
    TwoSpaces,

    /// <summary>A line for each member, four spaces a level.</summary>
    FourSpaces,
}
