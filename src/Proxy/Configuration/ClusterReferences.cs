using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>Finds what YARP accepts at load and then answers every request of with an error.</summary>
internal sealed class ClusterReferences(ProblemList problems)
{
    private const string HashCookie = "HashCookie";

    public void Check(IReadOnlyDictionary<string, SettingNode> routes, IReadOnlyDictionary<string, SettingNode> clusters)
    {
        foreach (var (id, route) in routes)
        {
            CheckRoute(id, route, clusters);
        }

        foreach (var (id, cluster) in clusters)
        {
            CheckDestinations(id, cluster);
            CheckAffinity(cluster);
        }
    }

    private void CheckRoute(string id, SettingNode route, IReadOnlyDictionary<string, SettingNode> clusters)
    {
        if (!route.Members.TryGetValue(nameof(RouteConfig.ClusterId), out var cluster) || cluster.Kind == SettingKind.Null)
        {
            problems.Error(route, $"The route '{id}' names no cluster; the key '{nameof(RouteConfig.ClusterId)}' is required.");
        }
        else if (cluster.Text is { } name && !clusters.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            problems.Error(cluster, $"\"{name}\" is no cluster; expected one of: {string.Join(", ", clusters.Keys)}.{Nearest.Hint(name, clusters.Keys)}");
        }
    }

    private void CheckDestinations(string id, SettingNode cluster)
    {
        var destinations = cluster.Members.GetValueOrDefault(nameof(ClusterConfig.Destinations));
        if (destinations is not { Members.Count: > 0 })
        {
            problems.Error(destinations ?? cluster, $"The cluster '{id}' has no destinations; expected at least one with an 'Address'.");
            return;
        }

        foreach (var (name, destination) in destinations.Members)
        {
            if (!destination.Members.TryGetValue(nameof(DestinationConfig.Address), out var address) || address.Kind == SettingKind.Null)
            {
                problems.Error(destination, $"The destination '{name}' has no 'Address'.");
                continue;
            }

            CheckAddress(address);
            if (destination.Members.TryGetValue(nameof(DestinationConfig.Health), out var health) && health.Text is { Length: > 0 })
            {
                CheckAddress(health);
            }
        }
    }

    private void CheckAddress(SettingNode node)
    {
        if (node.Text is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0))
        {
            var shown = text.Contains('@', StringComparison.Ordinal) ? "The value (not shown)" : $"\"{text}\"";
            problems.Error(node, $"{shown} is no address of an upstream; expected scheme, host, port and perhaps a path, such as http://127.0.0.1:5000/.");
        }
    }

    private void CheckAffinity(SettingNode cluster)
    {
        if (cluster.Members.GetValueOrDefault(nameof(ClusterConfig.SessionAffinity)) is not { Kind: SettingKind.Object } affinity)
        {
            return;
        }

        var enabled = bool.TryParse(affinity.Members.GetValueOrDefault(nameof(SessionAffinityConfig.Enabled))?.Text, out var value) && value;
        var policy = affinity.Members.GetValueOrDefault(nameof(SessionAffinityConfig.Policy));
        var isHashCookie = string.IsNullOrEmpty(policy?.Text) ? enabled : policy.Text.Equals(HashCookie, StringComparison.OrdinalIgnoreCase);
        if (isHashCookie)
        {
            problems.Error(policy ?? affinity, $"Session affinity by {HashCookie}, YARP's default, is not supported by this proxy; expected Cookie, ArrCookie or CustomHeader.");
        }
    }
}
