using System.Text;
using System.Text.Json;

namespace WebhookVerification.Settings;

/// <summary>Builds a tree of <see cref="SettingNode"/> from JSON.</summary>
internal sealed class SettingParser(string source, string? baseDirectory, ProblemList problems)
{
    private const int MaxDepth = 64;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public SettingNode? Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        });
        try
        {
            reader.Read();
            var root = Value(ref reader, SettingPath.Root);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            // The exception's own message quotes the text around the error, which may be a secret.
            var what = reader.CurrentDepth >= MaxDepth - 1 ? $"not valid JSON, or nested deeper than {MaxDepth} levels" : "not valid JSON";
            Report((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, what);
        }
        catch (InvalidOperationException)
        {
            var before = utf8[..(int)reader.TokenStartIndex];
            Report(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), "not valid Unicode");
        }

        return null;
    }

    private void Report(long line, long column, string what) =>
        problems.Error(source, SettingPath.Root, $"Line {line}, column {column}: {what}.");

    private SettingNode Value(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, path),
        JsonTokenType.StartArray => Array(ref reader, path),
        JsonTokenType.String => Scalar(SettingKind.String, path, reader.GetString()),
        JsonTokenType.Number => Scalar(SettingKind.Number, path, Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => Scalar(SettingKind.True, path, "true"),
        JsonTokenType.False => Scalar(SettingKind.False, path, "false"),
        _ => Scalar(SettingKind.Null, path, text: null),
    };

    private SettingNode Object(ref Utf8JsonReader reader, string path)
    {
        var members = new OrderedDictionary<string, SettingNode>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var node = Value(ref reader, SettingPath.Member(path, name));
            if (!members.TryAdd(name, node))
            {
                problems.Error(node, $"The key '{name}' is given more than once; keys are compared ignoring case.");
            }
        }

        return SettingNode.OfObject(source, path, baseDirectory, members);
    }

    private SettingNode Array(ref Utf8JsonReader reader, string path)
    {
        var items = new List<SettingNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, SettingPath.Item(path, items.Count)));
        }

        return SettingNode.OfArray(source, path, baseDirectory, items);
    }

    private SettingNode Scalar(SettingKind kind, string path, string? text) =>
        SettingNode.OfScalar(kind, source, path, baseDirectory, text);
}
