using WebhookVerification.Settings;
using WebhookVerification.Sources;

namespace WebhookVerification.Catalog;

/// <summary>What the catalogue's JSON has that other settings have not.</summary>
internal static class SchemeReaderExtensions
{
    /// <summary>The value of a member whose legal values are the keys of <paramref name="names"/>; null when absent or wrong.</summary>
    public static T? Named<T>(this SettingReader reader, string member, IReadOnlyDictionary<string, T> names)
        where T : class =>
        reader.OneOf(member, [.. names.Keys]) is { } name ? names[name] : null;

    /// <summary>The value of a member whose legal values are <paramref name="spellings"/>; default when absent or wrong.</summary>
    public static T Named<T>(this SettingReader reader, string member, IReadOnlyList<Spelling<T>> spellings)
        where T : struct, Enum =>
        reader.OneOf(member, [.. spellings.Select(static spelling => spelling.Name)]) is { } name
            ? spellings.First(spelling => spelling.Name == name).Meaning
            : default;

    /// <summary>As Named, but absence is an error.</summary>
    public static T? RequiredNamed<T>(this SettingReader reader, string member, IReadOnlyDictionary<string, T> names)
        where T : class =>
        reader.Required(member) is null ? null : reader.Named(member, names);

    /// <summary>As Named, but absence is an error.</summary>
    public static T RequiredNamed<T>(this SettingReader reader, string member, IReadOnlyList<Spelling<T>> spellings)
        where T : struct, Enum =>
        reader.Required(member) is null ? default : reader.Named(member, spellings);

    /// <summary>A string, or an array of strings.</summary>
    public static IReadOnlyList<string> OneOrMore(this SettingReader reader, string member) =>
        reader.Any(member) is { Kind: SettingKind.Array } ? reader.StringList(member)
        : reader.String(member) is { } single ? [single]
        : [];

    /// <summary>One place of a value, or several.</summary>
    public static ValueSource[] Sources(this SettingReader reader, string member)
    {
        var sources = new List<ValueSource>();
        foreach (var text in reader.OneOrMore(member))
        {
            if (SourceNotation.Parse(text) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                reader.Problems.Error(
                    reader.Node.Members[member], $"\"{text}\" names no place of a value; expected one of {string.Join(", ", SourceNotation.Legal)}.");
            }
        }

        return [.. sources];
    }
}
