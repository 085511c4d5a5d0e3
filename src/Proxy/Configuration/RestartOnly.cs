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
        if (segments is [ProxySettingsReader.KestrelSection])
        {
            AddListeners(digest, node);
        }
        else
        {
            digest.Add(node);
        }

        return digest.Complete();
    }

    /// <summary>Certificates come into force without a restart.</summary>
    private static void AddListeners(SettingDigest digest, SettingNode kestrel)
    {
        foreach (var (name, section) in Without(kestrel, "Certificates"))
        {
            digest.Add(name);
            if (!name.Equals("Endpoints", StringComparison.OrdinalIgnoreCase))
            {
                digest.Add(section);
                continue;
            }

            foreach (var (endpoint, settings) in section.Members)
            {
                digest.Add(endpoint);
                foreach (var (member, value) in Without(settings, "Certificate", "Sni"))
                {
                    digest.Add(member);
                    digest.Add(value);
                }
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, SettingNode>> Without(SettingNode node, params string[] names) =>
        node.Members.Where(member => !names.Contains(member.Key, StringComparer.OrdinalIgnoreCase));
}
