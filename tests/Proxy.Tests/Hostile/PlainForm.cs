using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Hostile;

/// <summary>Forms and escapes read in the slow and obvious way, for the second opinion. Text is Latin-1.</summary>
internal static partial class PlainForm
{
    /// <summary>Names and values; null where an escape is broken.</summary>
    public static List<(string Name, string Value)>? Read(string form)
    {
        var fields = new List<(string, string)>();
        foreach (var pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (Decode(parts[0].Replace('+', ' ')) is not { } name || Decode((parts.Length > 1 ? parts[1] : "").Replace('+', ' ')) is not { } value)
            {
                return null;
            }

            fields.Add((name, value));
        }

        return fields;
    }

    /// <summary>As Twilio and Mandrill sign them: each pair once, sorted, nothing between.</summary>
    public static string Sorted(IEnumerable<(string Name, string Value)> fields) => string.Concat(
        fields.Distinct().OrderBy(static field => field.Name, StringComparer.Ordinal).ThenBy(static field => field.Value, StringComparer.Ordinal)
            .Select(static field => field.Name + field.Value));

    /// <summary>Null where a "%" begins no escape.</summary>
    public static string? Decode(string text)
    {
        var decoded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                decoded.Append(text[i]);
            }
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                decoded.Append((char)value);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return decoded.ToString();
    }

    /// <summary>Escapes decoded where they are whole; anything else stays.</summary>
    public static string DecodeLoosely(string text) => Escape().Replace(text, static escape => Decode(escape.Value)!);

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();
}
