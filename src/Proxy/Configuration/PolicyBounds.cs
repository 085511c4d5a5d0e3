using System.Net;
using Proxy.Webhooks;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads those settings of a policy whose legality or default takes more than a range.</summary>
internal static class PolicyBounds
{
    private static readonly TimeSpan DefaultMaxAge = TimeSpan.FromMinutes(5);
    private static readonly int[] StatusWithAnotherMeaning = [408, 409, 413, 429];

    public static PolicyMode Mode(SettingReader reader)
    {
        var mode = reader.Enum("Mode", PolicyMode.Enforce, PolicyMode.Report) ?? PolicyMode.Enforce;
        if (mode == PolicyMode.Report)
        {
            reader.Problems.Warn(reader.Node.Members["Mode"], "Report mode forwards requests whose signature or time is wrong; it is meant for a trial.");
        }

        return mode;
    }

    /// <summary>Null where no time is signed.</summary>
    public static TimeSpan? MaxAge(SettingReader reader, ProviderEntry? entry)
    {
        var maxAge = reader.TimeSpan("MaxAge", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        if (entry is { Scheme.SignsTime: true })
        {
            return maxAge ?? entry.Tolerance ?? DefaultMaxAge;
        }

        if (entry is not null && maxAge is not null)
        {
            reader.Problems.Error(reader.Node.Members["MaxAge"], $"\"{maxAge:c}\" cannot be checked: the provider '{entry.Id}' signs no time; remove the key.");
        }

        return null;
    }

    /// <summary>What some providers' schemes need beside secrets; given where the scheme has no use for it, it is not what was meant.</summary>
    public static void Inputs(SettingReader reader, ProviderEntry? entry)
    {
        var owner = $"the provider '{entry?.Id}'";
        foreach (var (name, node) in reader.Children("Parameters"))
        {
            reader.Problems.Error(node, $"Unknown parameter '{name}': {owner} has none.");
        }

        if (reader.OneOf("BodyTimestamp", "Off", "Report", "Enforce") is "Report" or "Enforce")
        {
            reader.Problems.Error(reader.Node.Members["BodyTimestamp"], $"Only \"Off\" is legal here: {owner} signs no time inside the body.");
        }

        if (reader.String("PublicUrl") is { } url)
        {
            var isUrl = Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.Fragment.Length == 0;
            var at = reader.Node.Members["PublicUrl"];
            if (!isUrl)
            {
                reader.Problems.Error(at, $"\"{url}\" is not legal here; expected the URL that the provider calls, such as https://example.com/webhooks.");
            }
            else
            {
                reader.Problems.Warn(at, $"The key has no effect: {owner} does not sign the URL.");
            }
        }
    }

    public static int? RejectStatus(SettingReader reader)
    {
        var status = reader.Int("RejectStatus", 400, 499);
        if (status is { } given && StatusWithAnotherMeaning.Contains(given))
        {
            reader.Problems.Error(
                reader.Node.Members["RejectStatus"],
                $"{given} has another meaning in this proxy; expected 400 to 499 except {string.Join(", ", StatusWithAnotherMeaning)}.");
        }

        return status;
    }

    public static IReadOnlyList<IPNetwork> AllowedSources(SettingReader reader)
    {
        var networks = new List<IPNetwork>();
        foreach (var item in reader.Items("AllowedSources"))
        {
            if (item.Kind == SettingKind.String && TryParseNetwork(item.Text!, out var network))
            {
                networks.Add(network);
            }
            else
            {
                reader.Problems.Error(item, $"\"{item.Text}\" is not legal here; expected a CIDR block whose bits beyond the prefix are zero, such as 203.0.113.0/24 or 2001:db8::/32.");
            }
        }

        return networks;
    }

    /// <summary>What the provider insists on, when that is to be sent; null for the upstream's own.</summary>
    public static ProviderReply? Reply(SettingReader reader, ProviderEntry? entry)
    {
        var choice = reader.OneOf("ReplyBody", "Auto", "Upstream", "Provider");
        if (choice == "Provider" && entry is { Reply: null })
        {
            reader.Problems.Error(reader.Node.Members["ReplyBody"], $"\"Provider\" is not legal here: the provider '{entry.Id}' asks for no body; expected Auto or Upstream.");
        }

        return choice == "Upstream" ? null : entry?.Reply;
    }

    /// <summary>A single address counts as the block that holds only it.</summary>
    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        // The parser clears bits beyond the prefix; somebody who wrote 10.0.0.1/8 may have meant one address or many.
        return IPNetwork.TryParse(text, out network) && network.BaseAddress.Equals(IPAddress.Parse(text.AsSpan(0, text.IndexOf('/'))));
    }
}
