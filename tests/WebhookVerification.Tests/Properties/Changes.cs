using WebhookVerification.Catalog;
using WebhookVerification.Time;

namespace WebhookVerification.Tests.Properties;

/// <summary>Every single change to a signed message that its entry says the signature covers.</summary>
internal sealed class Changes(ProviderEntry entry, SignedPlaces places, DraftMessage draft, SignedMessage message)
{
    /// <summary>What is changed, and the message with that changed and nothing else.</summary>
    public IEnumerable<(string What, SignedMessage Message)> All() =>
        places.Names.SelectMany(OfPlace).Concat(SignedPlaces.HasPublicKey(entry) ? [] : [("secret", OtherSecret())]);

    private IEnumerable<(string What, SignedMessage Message)> OfPlace(string place) => place.Split(':', 2) switch
    {
        ["body"] => OfBody(),
        ["form", "sorted"] => OfForm(),
        ["timestamp"] => [("timestamp", OtherTime())],
        ["method"] => [("method", message with { Method = message.Method == "PUT" ? "POST" : "PUT" })],
        ["path"] => OfPath(),
        ["url"] => [.. OfUrl(), .. OfPath(), .. OfQuery()],
        ["url", _] => OfUrl(),
        ["header", var name] => OfHeader(name),
        ["parameter", var name] => [(place, message with { Options = message.Options with { Parameters = OtherParameter(name) } })],
        ["secret"] => [],
        _ => throw new InvalidOperationException($"Nobody has said how to change {{{place}}}."),
    };

    private IEnumerable<(string, SignedMessage)> OfBody()
    {
        var body = message.Body;
        yield return ("a byte more", message with { Body = [.. body, (byte)draft.Pick] });
        yield return ("a byte in front", message with { Body = [(byte)draft.Pick, .. body] });
        if (body.Length > 0)
        {
            yield return ("a byte less", message with { Body = body[..^1] });
            var flipped = body.ToArray();
            flipped[draft.Pick % body.Length] ^= (byte)(1 << (draft.Pick / 7 % 8));
            yield return ("a bit of the body", message with { Body = flipped });
        }
    }

    /// <summary>A letter for another one, and a field more or less: whatever the order, the joined fields are others.</summary>
    private IEnumerable<(string, SignedMessage)> OfForm()
    {
        var letters = Enumerable.Range(0, message.Body.Length).Where(at => char.IsAsciiLetterOrDigit((char)message.Body[at])).ToList();
        var other = message.Body.ToArray();
        var at = letters[draft.Pick % letters.Count];
        other[at] = (byte)(other[at] == 'x' ? 'y' : 'x');
        yield return ("a letter of a field", message with { Body = other });
        yield return ("a field more", message with { Body = [.. message.Body, .. "&zz=1"u8] });
        var last = message.Body.AsSpan().LastIndexOf((byte)'&');
        if (last > 0 && message.Body.AsSpan(0, last).IndexOf(message.Body.AsSpan(last + 1)) < 0)
        {
            yield return ("a field less", message with { Body = message.Body[..last] });
        }
    }

    private IEnumerable<(string, SignedMessage)> OfHeader(string name)
    {
        // A segment in brackets may be absent; what is absent cannot be changed.
        if (message.HasHeader(name))
        {
            yield return ($"header {name}", message.WithHeader(name, OtherCharacter));
            yield return ($"header {name} longer", message.WithHeader(name, static value => value + "0"));
            yield return ($"header {name} gone", message.WithoutHeader(name));
            yield return ($"header {name} twice", message.WithHeaderTwice(name));
        }
    }

    private IEnumerable<(string, SignedMessage)> OfUrl() =>
        [("public URL", message with { Options = message.Options with { PublicUrl = message.Options.PublicUrl!.Replace("://", "://x", StringComparison.Ordinal) } })];

    private IEnumerable<(string, SignedMessage)> OfQuery() =>
        [("query", message with { Target = message.Target + (message.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "added=1" })];

    /// <summary>Only where the operator left the path to the request.</summary>
    private IEnumerable<(string, SignedMessage)> OfPath() =>
        message.Options.PublicUrl is { } url && new Uri(url).AbsolutePath != "/" ? [] : [("path", message with { Target = "/x" + message.Target })];

    private SignedMessage OtherTime()
    {
        if (SignedPlaces.TimeHeader(entry) is { } name)
        {
            return message.WithHeader(name, static value =>
            {
                var at = value.LastIndexOfAny([.. "0123456789"]);
                return $"{value[..at]}{(value[at] == '0' ? '1' : '0')}{value[(at + 1)..]}";
            });
        }

        var format = entry.Scheme.Timestamp!.Format;
        var text = TimestampFormatter.Format(message.Now, format);
        var other = TimestampFormatter.Format(message.Now.AddSeconds(1 + (draft.Pick % 30)), format);
        var changed = message with { Headers = [.. message.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.Replace(text, other, StringComparison.Ordinal)))] };
        Assert.NotEqual(message.Headers, changed.Headers);
        return changed;
    }

    private SignedMessage OtherSecret()
    {
        var key = draft.Key.ToArray();

        // The last ones: a user's name before its password is part of the secret too, but its colon has to stay.
        var at = key.Length - 1 - (draft.Pick % 16);
        key[at] = char.IsAsciiLetterOrDigit((char)key[at]) ? (byte)(key[at] == 'x' ? 'y' : 'x') : (byte)(key[at] ^ 1);
        return message with { Options = draft.WithKey(message.Options, entry, key) };
    }

    private Dictionary<string, string> OtherParameter(string name) =>
        message.Options.Parameters.ToDictionary(static pair => pair.Key, pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase) ? OtherCharacter(pair.Value) : pair.Value);

    private string OtherCharacter(string value)
    {
        var characters = value.ToCharArray();
        var at = draft.Pick % characters.Length;
        characters[at] = characters[at] == 'x' ? 'y' : 'x';
        return new string(characters);
    }
}
