using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Signing;

/// <summary>Puts signatures where a request carries them: the inverse of <see cref="SignatureField"/> and <see cref="SignatureList"/>.</summary>
internal static class SignatureWriter
{
    /// <summary>How many signatures the request has room for.</summary>
    public static int Room(SignatureField field) => field.List switch
    {
        null => field.Sources.Length,
        { Assign: null, Signatures: var selectors } when !Array.Exists(selectors, static selector => selector.AndLater) => selectors.Length,
        _ => SignatureSet.MaxCount,
    };

    /// <summary>False when the request carries its signatures where nothing can be added without changing what was given.</summary>
    public static bool TryWrite(SignatureField field, IReadOnlyList<string> signatures, string? timestamp, DraftRequest draft)
    {
        IEnumerable<string> values = field.List is { } list ? [Join(list, signatures, timestamp)] : signatures;
        return values.Zip(field.Sources).All(pair => TryPlace(pair.Second, field.Prefixes.FirstOrDefault() + pair.First, draft));
    }

    public static bool TryPlace(ValueSource source, string value, DraftRequest draft)
    {
        switch (source)
        {
            case HeaderSource header:
                draft.AddHeader(header.Name, value);
                return true;
            case QuerySource query:
                draft.AddQuery(query.Notation["query:".Length..], value);
                return true;
            default:
                return false;
        }
    }

    private static string Join(SignatureList list, IReadOnlyList<string> signatures, string? timestamp) =>
        string.Join(list.Separators[0], list.Assign is { } assign
            ? Named(list, assign, signatures, timestamp)
            : Positioned(list, signatures, timestamp));

    private static IEnumerable<string> Named(SignatureList list, char assign, IReadOnlyList<string> signatures, string? timestamp) =>
        signatures.Select(signature => $"{list.Signatures[0].Name}{assign}{signature}")
            .Prepend(list.Timestamp is { } at ? $"{at.Name}{assign}{timestamp}" : null)
            .OfType<string>();

    private static string[] Positioned(SignatureList list, IReadOnlyList<string> signatures, string? timestamp)
    {
        var fields = new SortedDictionary<int, string>();
        if (list.Timestamp is { } at)
        {
            fields[at.Position] = timestamp ?? "";
        }

        for (var i = 0; i < signatures.Count; i++)
        {
            var selector = list.Signatures[Math.Min(i, list.Signatures.Length - 1)];
            fields[selector.Position + Math.Max(0, i - (list.Signatures.Length - 1))] = signatures[i];
        }

        return [.. Enumerable.Range(0, fields.Keys.Max() + 1).Select(position => fields.GetValueOrDefault(position, ""))];
    }
}
