using System.Globalization;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Signatures.Algorithms;
using WebhookVerification.Sources;

namespace WebhookVerification.Catalog;

/// <summary>Reads the <c>signature</c> and <c>secret</c> of a scheme.</summary>
internal static class SignatureReader
{
    /// <summary>A "*" at the end of a header's name stands for the numbers from 1 to this.</summary>
    private const int MaxNumber = SignatureSet.MaxCount;

    private static readonly SignatureField Basic = new(
        [new HeaderSource("Authorization")], ["Basic ", "basic "], List: null, SignatureEncoding.Base64);

    public static SecretFormat ReadSecret(SettingReader? reader)
    {
        if (reader is null)
        {
            return new SecretFormat();
        }

        var format = new SecretFormat
        {
            Encoding = reader.Named("encoding", SchemeNames.SecretEncodings),
            Prefixes = reader.OneOrMore("prefix"),
            Suffix = reader.String("suffix") ?? "",
            Derive = reader.Named("derive", HashKind.ByName),
            Published = reader.StringList("published"),
        };
        reader.Done();
        return format;
    }

    /// <summary>Null when it is missing or has errors.</summary>
    public static SignatureField? Read(SettingReader scheme, SignatureAlgorithm? algorithm)
    {
        if (algorithm is BasicAlgorithm && !scheme.Node.Members.ContainsKey("signature"))
        {
            return Basic;
        }

        if (scheme.Required("signature") is not { } node)
        {
            return null;
        }

        var reader = new SettingReader(node, scheme.Problems);
        reader.Required("in");
        var sources = ReadSources(reader);
        var prefixes = reader.OneOrMore("prefix");
        var list = ReadList(reader.Child("list"));
        var encoding = algorithm?.FixedEncoding ?? reader.RequiredNamed("encoding", SchemeNames.SignatureEncodings);
        reader.Done();
        if (Array.Exists(sources, static source => source.InBody) && !Array.TrueForAll(sources, static source => source.InBody))
        {
            reader.Problems.Error(node.Members["in"], "Some of these places are in the body and some are not; expected all or none.");
        }

        return sources.Length == 0 ? null : new SignatureField(sources, [.. prefixes], list, encoding);
    }

    /// <summary>Reads <c>require</c>: places and the values that have to stand there.</summary>
    public static RequiredValue[] ReadRequirements(SettingReader scheme)
    {
        if (scheme.Child("require") is not { } reader)
        {
            return [];
        }

        var values = new List<RequiredValue>();
        foreach (var (place, node) in reader.Node.Members)
        {
            var legal = reader.OneOrMore(place);
            if (SourceNotation.Parse(place) is not { InBody: false } source || legal.Count == 0)
            {
                scheme.Problems.Error(node, $"'{place}' is to be a place outside the body, such as header:X-Signature-Version, with the value that stands there.");
            }
            else
            {
                values.Add(new RequiredValue(source, [.. legal]));
            }
        }

        return [.. values];
    }

    private static ValueSource[] ReadSources(SettingReader reader) => [.. reader.Sources("in").SelectMany(static source =>
        source is HeaderSource { Name: [.., '*'] name }
            ? Enumerable.Range(1, MaxNumber).Select(number => new HeaderSource(string.Create(CultureInfo.InvariantCulture, $"{name[..^1]}{number}")))
            : (IEnumerable<ValueSource>)[source])];

    private static SignatureList? ReadList(SettingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        // Not RequiredString: white space is a separator too.
        var separators = reader.Required("separator") is null ? "" : reader.String("separator") ?? "";
        var assign = reader.String("assign");
        reader.Required("signature");
        var signatures = reader.OneOrMore("signature");
        var timestamp = reader.String("timestamp");
        reader.Done();
        if (assign is { Length: not 1 })
        {
            reader.Problems.Error(reader.Node.Members["assign"], $"\"{assign}\" is not legal here; expected one character.");
            return null;
        }

        var selectors = new FieldSelector[signatures.Count];
        for (var i = 0; i < selectors.Length; i++)
        {
            selectors[i] = ReadSelector(reader, "signature", signatures[i], assign);
        }

        return new SignatureList(separators, assign?[0], selectors, timestamp is null ? null : ReadSelector(reader, "timestamp", timestamp, assign));
    }

    private static FieldSelector ReadSelector(SettingReader reader, string member, string text, string? assign)
    {
        if (!FieldSelector.TryParse(text, named: assign is not null, out var selector))
        {
            reader.Problems.Error(
                reader.Node.Members[member],
                $"\"{text}\" selects no field; without 'assign', fields count by position: \"1\", or \"1..\" for it and all later ones.");
        }

        return selector;
    }
}
