using WebhookVerification.Handshakes;
using WebhookVerification.Settings;
using WebhookVerification.Signatures.Algorithms;
using WebhookVerification.Sources;

namespace WebhookVerification.Catalog;

/// <summary>Reads the <c>handshakes</c> of a scheme.</summary>
internal static class HandshakeReader
{
    private const string Json = "application/json";

    public static IReadOnlyList<Handshake> Read(SettingReader scheme, SignatureAlgorithm? algorithm) =>
        [.. scheme.Items("handshakes").Select(node => ReadOne(new SettingReader(node, scheme.Problems), algorithm))];

    private static Handshake ReadOne(SettingReader reader, SignatureAlgorithm? algorithm)
    {
        var signed = reader.Bool("signed") ?? false;
        reader.Required("match");
        var match = reader.Child("match");
        var method = match?.String("method");
        var has = match?.Sources("has") ?? [];
        var equals = ReadPairs(match, "equals");
        match?.Done();
        var verify = ReadPairs(reader, "verify");
        var pattern = ReadPattern(reader);
        reader.Required("respond");
        var handshake = ReadResponse(reader.Child("respond"), pattern) with
        {
            Method = method,
            Match = [.. has.Select(static source => new KeyValuePair<ValueSource, string?>(source, null)), .. equals.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))],
            Signed = signed,
            Verify = verify,
            Token = pattern,
            RefuseStatus = reader.Int("refuseStatus", 400, 499),
        };
        reader.Done();
        Check(handshake, reader, algorithm);
        return handshake;
    }

    private static Handshake ReadResponse(SettingReader? reader, TokenPattern? pattern)
    {
        var empty = new Handshake { Match = [], Signed = false };
        if (reader is null)
        {
            return empty;
        }

        var contentType = reader.OneOf("contentType", "text/plain", Json) ?? "text/plain";
        var headers = new List<KeyValuePair<string, AnswerTemplate>>();
        foreach (var (name, node) in reader.Children("headers"))
        {
            if (Compile(node, node.Text ?? "", inJson: false, pattern, reader.Problems) is { } template)
            {
                headers.Add(new(name, template));
            }
        }

        var body = reader.String("body");
        var handshake = empty with
        {
            Status = reader.Int("status", 200, 299) ?? 200,
            ContentType = contentType,
            Headers = headers,
            Body = body is null ? null : Compile(reader.Node.Members["body"], body, contentType == Json, pattern, reader.Problems),
        };
        reader.Done();
        return handshake;
    }

    private static AnswerTemplate? Compile(SettingNode node, string text, bool inJson, TokenPattern? pattern, ProblemList problems)
    {
        var template = AnswerTemplate.Compile(text, inJson, pattern, out var error);
        if (template is null)
        {
            problems.Error(node, $"\"{text}\" is no answer: {error}.");
        }

        return template;
    }

    private static TokenPattern? ReadPattern(SettingReader reader)
    {
        if (reader.String("tokenPattern") is not { } text)
        {
            return null;
        }

        var pattern = TokenPattern.Parse(text, out var error);
        if (pattern is null)
        {
            reader.Problems.Error(reader.Node.Members["tokenPattern"], $"\"{text}\" is no token pattern: {error}.");
        }

        return pattern;
    }

    private static List<KeyValuePair<ValueSource, string>> ReadPairs(SettingReader? reader, string member)
    {
        var pairs = new List<KeyValuePair<ValueSource, string>>();
        foreach (var (place, node) in reader?.Children(member) ?? [])
        {
            if (SourceNotation.Parse(place) is { } source && node.Kind == SettingKind.String)
            {
                pairs.Add(new(source, node.Text!));
            }
            else
            {
                reader!.Problems.Error(node, $"'{place}' is to be a place of a value, such as query:hub.mode, with a text.");
            }
        }

        return pairs;
    }

    private static void Check(Handshake handshake, SettingReader reader, SignatureAlgorithm? algorithm)
    {
        var sources = handshake.Match.Select(static pair => pair.Key)
            .Concat(handshake.Verify.Select(static pair => pair.Key))
            .Concat(handshake.Templates.SelectMany(static template => template.Sources));
        if (!handshake.Signed && sources.Any(static source => source.InBody))
        {
            reader.Problems.Error(reader.Node, "An unsigned handshake is answered before the body is read: expected places outside of it.");
        }

        if (handshake is { Method: null, Match.Count: 0 })
        {
            reader.Problems.Error(reader.Node, "'match' fits every request; expected a 'method', 'has' or 'equals'.");
        }

        if (!handshake.Signed && handshake.Method is null or "POST" && handshake.Match.Count == 0)
        {
            reader.Problems.Error(reader.Node, "An unsigned handshake for every POST would answer every webhook; expected 'has' or 'equals'.");
        }

        if (handshake.Templates.Any(static template => template.IsComputed) && algorithm is not null and not HmacAlgorithm)
        {
            reader.Problems.Error(reader.Node, $"{algorithm.Name} computes no answers; only HMACs do.");
        }
    }
}
