using System.Collections.ObjectModel;
using System.Globalization;

namespace WebhookVerification.Settings;

/// <summary>
/// One value of a configuration, and where it came from. Immutable. Member names are looked up ignoring case; of several spellings
/// in merged files, the first one names the member.
/// </summary>
public sealed class SettingNode
{
    private static readonly IReadOnlyDictionary<string, SettingNode> NoMembers = ReadOnlyDictionary<string, SettingNode>.Empty;

    private SettingNode(SettingKind kind, string source, string path, string? baseDirectory)
    {
        Kind = kind;
        Source = source;
        Path = path;
        BaseDirectory = baseDirectory;
    }

    /// <summary>What kind of JSON value this is.</summary>
    public SettingKind Kind { get; }

    /// <summary>The file, as its name was given, or "environment variable X".</summary>
    public string Source { get; }

    /// <summary>Where in the source, as a JSONPath; names that are no plain identifiers are quoted: <c>$.Policies['my-app']</c>.</summary>
    public string Path { get; }

    /// <summary>The directory that relative <c>file:</c> references start from; null for the current one.</summary>
    public string? BaseDirectory { get; }

    /// <summary>The content of a string, the spelling of a number, "true" or "false"; null for everything else.</summary>
    public string? Text { get; private init; }

    /// <summary>The members of an object in their order; empty for everything else.</summary>
    public IReadOnlyDictionary<string, SettingNode> Members { get; private init; } = NoMembers;

    /// <summary>The items of an array; empty for everything else.</summary>
    public IReadOnlyList<SettingNode> Items { get; private init; } = [];

    /// <summary>Reads a JSON document with comments and trailing commas; null, and an error, when it is not one.</summary>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="utf8">The document, with or without a byte order mark.</param>
    /// <param name="baseDirectory">What relative references in it start from.</param>
    /// <param name="problems">Receives syntax errors (line and column) and members that are given twice.</param>
    public static SettingNode? Parse(string source, ReadOnlyMemory<byte> utf8, string? baseDirectory, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return new SettingParser(source, baseDirectory, problems).Parse(utf8.Span);
    }

    /// <summary>This tree with <paramref name="over"/> laid over it: objects member by member, everything else replaced whole.</summary>
    public SettingNode Merge(SettingNode over)
    {
        ArgumentNullException.ThrowIfNull(over);
        if (Kind != SettingKind.Object || over.Kind != SettingKind.Object)
        {
            return over;
        }

        var members = CopyMembers();
        foreach (var (name, node) in over.Members)
        {
            members[name] = members.TryGetValue(name, out var existing) ? existing.Merge(node) : node;
        }

        return OfObject(Source, Path, BaseDirectory, members);
    }

    /// <summary>
    /// This tree with one string set, the way an environment variable sets it: a number as a segment indexes an array (or appends
    /// to it, when it lies beyond the end), everything else names a member; what is missing on the way is made.
    /// </summary>
    /// <param name="segments">The way from this node to the string.</param>
    /// <param name="source">The name of the variable for messages.</param>
    /// <param name="text">The string.</param>
    public SettingNode With(ReadOnlySpan<string> segments, string source, string text) => With(this, Path, segments, source, text);

    /// <summary>Kind and place. Never the value, which may be a secret.</summary>
    public override string ToString() => $"{Source}: {Path} ({Kind})";

    internal static SettingNode OfObject(
        string source, string path, string? baseDirectory, IReadOnlyDictionary<string, SettingNode> members) =>
        new(SettingKind.Object, source, path, baseDirectory) { Members = members };

    internal static SettingNode OfArray(string source, string path, string? baseDirectory, IReadOnlyList<SettingNode> items) =>
        new(SettingKind.Array, source, path, baseDirectory) { Items = items };

    internal static SettingNode OfScalar(SettingKind kind, string source, string path, string? baseDirectory, string? text) =>
        new(kind, source, path, baseDirectory) { Text = text };

    private static SettingNode With(SettingNode? at, string path, ReadOnlySpan<string> segments, string source, string text)
    {
        if (segments.IsEmpty)
        {
            return OfScalar(SettingKind.String, source, path, baseDirectory: null, text);
        }

        var name = segments[0];
        var rest = segments[1..];
        if (at?.Kind is not (SettingKind.Object or SettingKind.Array))
        {
            at = name == "0"
                ? OfArray(source, path, baseDirectory: null, [])
                : OfObject(source, path, baseDirectory: null, NoMembers);
        }

        if (at.Kind == SettingKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            index = Math.Min(index, at.Items.Count);
            var item = With(at.Items.ElementAtOrDefault(index), SettingPath.Item(path, index), rest, source, text);
            return OfArray(at.Source, path, at.BaseDirectory, [.. at.Items.Take(index), item, .. at.Items.Skip(index + 1)]);
        }

        var members = at.CopyMembers();
        members[name] = With(members.GetValueOrDefault(name), SettingPath.Member(path, name), rest, source, text);
        return OfObject(at.Source, path, at.BaseDirectory, members);
    }

    private OrderedDictionary<string, SettingNode> CopyMembers() => new(Members, StringComparer.OrdinalIgnoreCase);
}
