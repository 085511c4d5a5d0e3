using System.Text.RegularExpressions;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Properties;

/// <summary>What an entry's JSON says is signed, read with a regular expression and nothing of the engine's: a part that the engine forgot is found out.</summary>
internal sealed partial class SignedPlaces
{
    private SignedPlaces(HashSet<string> names) => Names = names;

    /// <summary>
    /// "body", "form:sorted", "timestamp", "method", "path", "url", "url:fixed", "header:NAME", "parameter:NAME": those that are in every
    /// alternative of the content. Empty for tokens.
    /// </summary>
    public IReadOnlySet<string> Names { get; }

    public static SignedPlaces Of(ProviderEntry entry)
    {
        var scheme = entry.Definition!.Members["scheme"];
        var templates = scheme.Members.TryGetValue("content", out var content) ? Texts(content) : [];
        var alternatives = templates.Select(static template => Placeholder().Matches(template).Select(static match => Normal(match.Groups["name"].Value)).ToHashSet()).ToList();
        return new SignedPlaces(alternatives.Count == 0 ? [] : alternatives.Aggregate(static (left, right) => [.. left.Intersect(right)]));
    }

    /// <summary>Whether the provider signs with a private key, which no consumer has.</summary>
    public static bool HasPublicKey(ProviderEntry entry) =>
        entry.Definition!.Members["scheme"].Members["algorithm"].Text is "ed25519" or "ecdsa-p256-sha256" or "rsa-pkcs1-sha256";

    /// <summary>Whether the signature stands inside the body, which a signer does not change.</summary>
    public static bool IsInBody(ProviderEntry entry) =>
        entry.Definition!.Members["scheme"].Members.GetValueOrDefault("signature")?.Members.GetValueOrDefault("in") is { } place
        && Texts(place).Exists(static text => text.StartsWith("json:", StringComparison.Ordinal) || text.StartsWith("form:", StringComparison.Ordinal));

    /// <summary>The header of the signed time; null where it stands with the signature, or no time is signed.</summary>
    public static string? TimeHeader(ProviderEntry entry) =>
        entry.Definition!.Members["scheme"].Members.GetValueOrDefault("timestamp")?.Members.GetValueOrDefault("in")?.Text?.Split(':')[1];

    private static List<string> Texts(SettingNode node) =>
        node.Kind == SettingKind.Array ? [.. node.Items.Select(static item => item.Text!)] : [node.Text!];

    private static string Normal(string name) =>
        name.StartsWith("body:", StringComparison.Ordinal) ? "body"
        : name.StartsWith("url", StringComparison.Ordinal) && name is not ("url:fixed" or "url:no-query") ? "url"
        : name;

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Placeholder();
}
