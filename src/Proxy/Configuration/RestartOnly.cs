using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Keys that are read once, at start: a reload says that they changed, and goes on with their old values.</summary>
internal static class RestartOnly
{
    private static readonly string[][] Keys =
    [
        [ProxySettingsReader.UrlsSection],
        [ProxySettingsReader.KestrelSection],
        [ProxySettingsReader.ManagementSection],
        [ProxySettingsReader.WebhooksSection, "Replay", "Store"],
        [ProxySettingsReader.WebhooksSection, "Replay", "ConnectionString"],
        [ProxySettingsReader.WebhooksSection, "Replay", "Capacity"],
    ];

    /// <summary>A digest for each key, the empty string where it is absent.</summary>
    public static IReadOnlyDictionary<string, string> Digests(
        SettingNode root, IReadOnlyDictionary<SettingNode, ReadOnlyMemory<byte>> secrets) => Keys.ToDictionary(
            static segments => string.Join(':', segments), segments => Digest(root, segments, secrets), StringComparer.Ordinal);

    /// <summary>The keys whose value is another one, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyDictionary<string, string> inForce, IReadOnlyDictionary<string, string> read) =>
        [.. Keys.Select(static segments => string.Join(':', segments)).Where(key => inForce[key] != read[key])];

    private static string Digest(SettingNode root, string[] segments, IReadOnlyDictionary<SettingNode, ReadOnlyMemory<byte>> secrets)
    {
        var node = segments.Aggregate((SettingNode?)root, static (at, name) => at?.Members.GetValueOrDefault(name));
        if (node is null or { Kind: SettingKind.Null })
        {
            return "";
        }

        using var digest = new SettingDigest(secrets);
        digest.Add(node);
        return digest.Complete();
    }
}
