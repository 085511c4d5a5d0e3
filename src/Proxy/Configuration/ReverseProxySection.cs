using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>YARP's section, read by YARP's own parser and judged by YARP's own validator, after stricter checks of ours.</summary>
/// <param name="Routes">With the node of each, for what is found wrong with it later.</param>
/// <param name="Clusters">Valid.</param>
internal sealed record ReverseProxySection(IReadOnlyList<(RouteConfig Config, SettingNode Node)> Routes, IReadOnlyList<ClusterConfig> Clusters)
{
    public static readonly ReverseProxySection Empty = new([], []);

    /// <summary>What could be read; errors say what could not.</summary>
    public static ReverseProxySection Read(SettingNode section, ProblemList problems)
    {
        var errorsBefore = problems.Errors.Count;
        new ReverseProxyShape(problems).Check(section);
        var clusters = Members(section, "Clusters");
        var routes = Members(section, "Routes");
        new ClusterReferences(problems).Check(routes, clusters);
        return problems.Errors.Count > errorsBefore ? Empty : Parse(section, routes, clusters, problems);
    }

    /// <summary>Without those that a later file sets to null, and thereby takes away.</summary>
    private static Dictionary<string, SettingNode> Members(SettingNode section, string name)
    {
        var members = new Dictionary<string, SettingNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, member) in section.Members.GetValueOrDefault(name)?.Members ?? members)
        {
            if (member.Kind != SettingKind.Null)
            {
                members.Add(id, member);
            }
        }

        return members;
    }

    private static ReverseProxySection Parse(
        SettingNode section,
        Dictionary<string, SettingNode> routeNodes,
        Dictionary<string, SettingNode> clusterNodes,
        ProblemList problems)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddReverseProxy().LoadFromConfig(FlatConfiguration.Of(section));
        using var provider = services.BuildServiceProvider();
        var config = provider.GetRequiredService<IProxyConfigProvider>().GetConfig();
        var validator = provider.GetRequiredService<IConfigValidator>();
        foreach (var cluster in config.Clusters)
        {
            Report(clusterNodes[cluster.ClusterId], validator.ValidateClusterAsync(cluster));
        }

        foreach (var route in config.Routes)
        {
            Report(routeNodes[route.RouteId], validator.ValidateRouteAsync(route));
        }

        return new([.. config.Routes.Select(route => (route, routeNodes[route.RouteId]))], config.Clusters);

        // The validator awaits providers of authorization, CORS and rate limiter policies only, none of which are left by now.
        void Report(SettingNode node, ValueTask<IList<Exception>> errors)
        {
            foreach (var error in errors.AsTask().GetAwaiter().GetResult())
            {
                problems.Error(node, error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message);
            }
        }
    }
}
