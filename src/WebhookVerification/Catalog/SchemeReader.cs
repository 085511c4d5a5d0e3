using WebhookVerification.Content;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>Reads a scheme from JSON and reports every error in it. The schema of the JSON is config/provider.schema.json.</summary>
internal static class SchemeReader
{
    /// <summary>Null when it has errors.</summary>
    public static Scheme? Read(SettingNode node, ProblemList problems)
    {
        var errorsBefore = problems.Errors.Count;
        var reader = new SettingReader(node, problems);
        var algorithm = Required(reader, "algorithm", reader.Named("algorithm", SchemeNames.Algorithms));
        var secret = ReadSecret(reader.Child("secret"));
        var signature = ReadSignature(reader);
        var timestamp = ReadTimestamp(reader.Child("timestamp"), signature, problems);
        var content = ReadContent(reader, problems);
        var deliveryId = reader.String("deliveryId");
        reader.Done();

        if (content is not null)
        {
            CheckTogether(node, content, timestamp, deliveryId, problems);
        }

        return problems.Errors.Count > errorsBefore
            ? null
            : new Scheme(algorithm!.Value, secret, signature!, timestamp, content!, deliveryId);
    }

    private static SecretFormat ReadSecret(SettingReader? reader)
    {
        if (reader is null)
        {
            return new SecretFormat(SecretEncoding.Utf8, Prefix: null);
        }

        var format = new SecretFormat(reader.Named("encoding", SchemeNames.SecretEncodings) ?? SecretEncoding.Utf8, reader.String("prefix"));
        reader.Done();
        return format;
    }

    private static SignatureField? ReadSignature(SettingReader scheme)
    {
        if (scheme.Required("signature") is not { } node)
        {
            return null;
        }

        var reader = new SettingReader(node, scheme.Problems);
        var headers = OneOrMore(reader, "header");
        var prefixes = OneOrMore(reader, "prefix");
        var list = ReadList(reader.Child("list"));
        var encoding = Required(reader, "encoding", reader.Named("encoding", SchemeNames.SignatureEncodings));
        reader.Done();
        if (headers.Count == 0)
        {
            reader.Problems.Error(node, "The key 'header' is required: the name of the header that carries the signature.");
        }

        return new SignatureField([.. headers], [.. prefixes], list, encoding ?? default);
    }

    private static SignatureList? ReadList(SettingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        // Not RequiredString: white space is a separator too.
        var separators = reader.Required("separator") is null ? "" : reader.String("separator") ?? "";
        var assign = reader.String("assign");
        var signatures = OneOrMore(reader, "signature");
        var timestamp = reader.String("timestamp");
        reader.Done();
        if (assign is { Length: not 1 })
        {
            reader.Problems.Error(reader.Node, $"'assign' is \"{assign}\"; expected one character.");
            return null;
        }

        var selectors = new List<FieldSelector>();
        FieldSelector? timestampSelector = null;
        foreach (var text in timestamp is null ? signatures : [.. signatures, timestamp])
        {
            if (!FieldSelector.TryParse(text, named: assign is not null, out var selector))
            {
                reader.Problems.Error(reader.Node, $"'{text}' selects no field; without 'assign', fields count by position: \"1\", or \"1..\" for it and all later ones.");
            }
            else if (ReferenceEquals(text, timestamp))
            {
                timestampSelector = selector;
            }
            else
            {
                selectors.Add(selector);
            }
        }

        if (signatures.Count == 0)
        {
            reader.Problems.Error(reader.Node, "The key 'signature' is required: the name or position of the field that holds the signature.");
        }

        return new SignatureList(separators, assign?[0], [.. selectors], timestampSelector);
    }

    private static TimestampField? ReadTimestamp(SettingReader? reader, SignatureField? signature, ProblemList problems)
    {
        if (reader is null)
        {
            return null;
        }

        var header = reader.String("header");
        var format = Required(reader, "format", reader.Named("format", SchemeNames.TimestampFormats));
        reader.Done();
        if (signature is not null && header is null == signature.List?.Timestamp is null)
        {
            problems.Error(reader.Node, "The time stands either in a header of its own ('header') or in a field of the signature's list ('signature.list.timestamp'): name one of them.");
        }

        return new TimestampField(header, format ?? default);
    }

    private static ContentTemplate? ReadContent(SettingReader scheme, ProblemList problems)
    {
        if (scheme.RequiredString("content") is not { } template)
        {
            return null;
        }

        var content = ContentTemplate.Compile(template, out var error);
        if (content is null)
        {
            problems.Error(scheme.Node.Members["content"], $"\"{template}\" is no content template: {error}.");
        }

        return content;
    }

    private static void CheckTogether(
        SettingNode node, ContentTemplate content, TimestampField? timestamp, string? deliveryId, ProblemList problems)
    {
        if (content.SignsTimestamp != timestamp is not null)
        {
            problems.Error(node, timestamp is null
                ? "'content' has {timestamp}, but no 'timestamp' says where the time stands."
                : "'timestamp' is given, but 'content' does not have {timestamp}: a time that is not signed proves nothing.");
        }

        if (deliveryId is not null && !content.SignedHeaders.Contains(deliveryId, StringComparer.OrdinalIgnoreCase))
        {
            problems.Error(node, $"'deliveryId' names {deliveryId}, but 'content' does not have {{header:{deliveryId}}}: an id that is not signed proves nothing.");
        }
    }

    private static T? Required<T>(SettingReader reader, string name, T? value)
        where T : struct
    {
        if (value is null && !reader.Node.Members.ContainsKey(name))
        {
            reader.Problems.Error(reader.Node, $"The key '{name}' is required.");
        }

        return value;
    }

    /// <summary>A string, or an array of strings.</summary>
    private static IReadOnlyList<string> OneOrMore(SettingReader reader, string name) =>
        reader.Node.Members.TryGetValue(name, out var node) && node.Kind == SettingKind.Array
            ? reader.StringList(name)
            : reader.String(name) is { } single ? [single] : [];
}
