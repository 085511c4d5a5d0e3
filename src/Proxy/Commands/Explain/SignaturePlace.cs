using WebhookVerification.Settings;

namespace Proxy.Commands.Explain;

/// <summary>Where a request carries its signature, and what stands there, both without the signature itself.</summary>
internal static class SignaturePlace
{
    public static string Of(Attempt attempt)
    {
        var signature = attempt.Scheme.Members.GetValueOrDefault("signature");
        var places = Texts(signature?.Members.GetValueOrDefault("in")).DefaultIfEmpty("header:Authorization").ToList();
        var form = string.Join(", ", Form(attempt).OfType<string>());
        return string.Join(" or ", places) + (form.Length > 0 ? $" ({form})" : "") + Found(attempt.Request, places);
    }

    private static IEnumerable<string?> Form(Attempt attempt)
    {
        yield return attempt.SchemeText("signature", "encoding");
        yield return attempt.SchemeText("signature", "prefix") is { } prefix ? $"after \"{prefix}\"" : null;
        yield return attempt.SchemeText("signature", "list", "signature") is { } field ? $"field {field}" : null;
    }

    private static string Found(CapturedRequest request, IEnumerable<string> places)
    {
        const string Header = "header:";
        var names = places.Where(static place => place.StartsWith(Header, StringComparison.Ordinal) && !place.EndsWith('*')).Select(static place => place[Header.Length..]).ToList();
        var there = names.Where(name => request.Header(name) is { Length: > 0 }).Select(name => $"{name} has {request.Header(name)!.Length} characters");
        return names.Count == 0 ? "" : $": {string.Join(", ", there.DefaultIfEmpty("not there"))}";
    }

    private static IEnumerable<string> Texts(SettingNode? node) =>
        node is null ? [] : (node.Kind == SettingKind.Array ? node.Items : [node]).Select(static item => item.Text).OfType<string>();
}
