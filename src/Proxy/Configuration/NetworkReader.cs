using System.Net;
using Proxy.Webhooks.Sources;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads lists of networks.</summary>
internal static class NetworkReader
{
    /// <summary>Who may send.</summary>
    public static NetworkList AllowedSources(SettingReader reader) => new([.. Read(reader, "AllowedSources").Select(static network => network.Network)]);

    /// <summary>Whose word on the sender's address counts.</summary>
    public static NetworkList TrustedProxies(SettingReader? reader)
    {
        if (reader is null)
        {
            return NetworkList.Empty;
        }

        var networks = Read(reader, "TrustedProxies").ToList();
        foreach (var (node, _) in networks.Where(static network => network.Network.PrefixLength == 0))
        {
            reader.Problems.Warn(node, $"\"{node.Text}\" trusts everybody: senders then choose the address that AllowedSources and the log see. Name the load balancers.");
        }

        return new([.. networks.Select(static network => network.Network)]);
    }

    private static IEnumerable<(SettingNode Node, IPNetwork Network)> Read(SettingReader reader, string name)
    {
        foreach (var item in reader.Items(name))
        {
            if (item.Kind == SettingKind.String && NetworkList.TryParse(item.Text!, out var network))
            {
                yield return (item, network);
            }
            else
            {
                reader.Problems.Error(item, $"\"{item.Text}\" is not legal here; expected a CIDR block whose bits beyond the prefix are zero, such as 203.0.113.0/24 or 2001:db8::/32.");
            }
        }
    }
}
