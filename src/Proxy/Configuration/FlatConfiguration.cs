using System.Globalization;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Hands a checked subtree to code of the framework's that reads <see cref="IConfiguration"/>.</summary>
internal static class FlatConfiguration
{
    public static IConfiguration Of(SettingNode node)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(node, prefix: null, values);
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private static void Add(SettingNode node, string? prefix, Dictionary<string, string?> values)
    {
        foreach (var (name, member) in node.Members)
        {
            Add(member, Key(prefix, name), values);
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            Add(node.Items[i], Key(prefix, i.ToString(CultureInfo.InvariantCulture)), values);
        }

        if (prefix is not null && node.Text is { } text)
        {
            values[prefix] = text;
        }
        else if (prefix is not null && node is { Kind: SettingKind.Object, Members.Count: 0 })
        {
            // An empty object has no children to stand for it; a null keeps its key, as the framework's JSON reader does.
            values[prefix] = null;
        }
    }

    private static string Key(string? prefix, string name) => prefix is null ? name : ConfigurationPath.Combine(prefix, name);
}
