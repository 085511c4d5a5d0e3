using System.Net;
using Proxy.Webhooks.Sources;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads lists of networks.</summary>
internal static class NetworkReader
{
    /// <summary>Who may send.</summary>
    public static NetworkList AllowedSources(SettingReader reader) => Read(reader, "AllowedSources", static (_, _) => { });

    /// <summary>Whose word on the sender's address counts.</summary>
    public static NetworkList TrustedProxies(SettingReader? reader) => reader is null ? NetworkList.Empty : Read(reader, "TrustedProxies", (node, network) =>
    {
        if (network.PrefixLength == 0)
        {
            reader.Problems.Warn(node, $"\"{node.Text}\" trusts everybody: senders then choose the address that AllowedSources and the log see. Name the load balancers.");
        }
    });

    private static NetworkList Read(SettingReader reader, string name, Action<SettingNode, IPNetwork> judge)
    {
        var items = reader.Items(name);
        if (items.Count == 0)
        {
            return NetworkList.Empty;
        }

        var networks = new List<IPNetwork>();
        foreach (var item in items)
        {
            if (item.Kind == SettingKind.String && NetworkList.TryParse(item.Text!, out var network))
            {
                networks.Add(network);
                judge(item, network);
            }
            else
            {
                reader.Problems.Error(item, $"\"{item.Text}\" is not legal here; expected a CIDR block whose bits beyond the prefix are zero, such as 203.0.113.0/24 or 2001:db8::/32.");
            }
        }

        return new(networks);
    }
}
