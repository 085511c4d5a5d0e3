using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Proxy.Configuration;
using Proxy.Tests.Configuration;
using Proxy.Tests.Documents;
using Proxy.Tests.Operations;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Deployment;

/// <summary>config/compose.yaml against what the proxy, Prometheus and Grafana make of it.</summary>
public sealed partial class ComposeTests
{
    private const string Directory = "config";

    private static readonly JsonNode Compose = YamlFile.Read("config/compose.yaml");
    private static readonly ProxySnapshot Snapshot = Load();

    [Fact]
    public void EveryMount_IsAFileOfTheCheckoutOrADeclaredVolume()
    {
        var declared = Compose.Members("volumes").Keys.ToList();
        foreach (var volume in Compose.Members("services").Values.SelectMany(static service => service.Texts("volumes")))
        {
            var source = volume.Split(':')[0];
            Assert.True(source.StartsWith('.') ? Path.Exists(Repository.PathOf(Path.Combine(Directory, source))) : declared.Contains(source), volume);
        }

        Assert.True(File.Exists(Path.Combine(Repository.PathOf(Directory), Compose.Text("services/proxy/build/context"), "Dockerfile")));
    }

    [Fact]
    public void EveryVariable_IsAskedForAboveAndRequired()
    {
        var text = Repository.Read("config/compose.yaml");
        var asked = Asked().Match(text).Groups[1].Captures.Select(static name => name.Value).Order();

        Assert.Equal(asked, Variable().Matches(text).Select(static match => match.Groups[1].Value).Distinct().Order());
    }

    [Fact]
    public void Proxy_ReadsTheMountedDirectoryAndListensWhereThePortsSay()
    {
        var mount = Assert.Single(Compose.Texts("services/proxy/volumes")).Split(':');
        Assert.Equal(("ro", Path.GetDirectoryName(ShippedImage.Configuration)), (mount[2], mount[1]));
        Assert.True(File.Exists(Repository.PathOf(Path.Combine(Directory, mount[0], Path.GetFileName(ShippedImage.Configuration)))));
        Assert.Equal($"{Port(Snapshot.Settings.Urls)}:{Port(Snapshot.Settings.Urls)}", Assert.Single(Compose.Texts("services/proxy/ports")));
        Assert.Equal("0.0.0.0", new Uri(Snapshot.Settings.Management.Url).Host);
        Assert.Equal(ReplayStoreKind.PostgreSQL, Snapshot.Settings.Replay.Store);
        var grace = TimeSpan.FromSeconds(int.Parse(Compose.Text("services/proxy/stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture));
        Assert.True(grace > Snapshot.Settings.Drain + DrainLimit.SettlingTime);
        Assert.Equal("true", Compose.Text("services/proxy/read_only"));
    }

    [Fact]
    public void Proxy_FindsTheServicesThatItNames()
    {
        var destination = new Uri(Assert.Single(Assert.Single(Snapshot.Clusters).Destinations!.Values).Address);
        Assert.Equal(Compose.Number($"services/{destination.Host}/environment/PORT"), destination.Port);
        AssertReachable("proxy", destination.Host);

        var store = new NpgsqlConnectionStringBuilder(Compose.Text("services/proxy/environment/REPLAY_STORE"));
        AssertReachable("proxy", store.Host!);
        var database = Compose.At($"services/{store.Host}/environment");
        Assert.Equal(
            (database.Text("POSTGRES_DB"), database.Text("POSTGRES_USER"), database.Text("POSTGRES_PASSWORD")), (store.Database, store.Username, store.Password));
        Assert.Equal(
            [$"--username={store.Username}", $"--dbname={store.Database}"], Compose.Texts($"services/{store.Host}/healthcheck/test").Skip(2));
        Assert.All(Compose.Members("services/proxy/depends_on").Keys, static name => Assert.NotNull(Compose.At($"services/{name}")));
    }

    [Fact]
    public async Task Prometheus_ScrapesTheManagementListenerAndReadsTheAlerts()
    {
        var own = YamlFile.Read("config/compose/prometheus.yml");
        var shipped = YamlFile.Read("config/prometheus/prometheus.yml");
        Assert.Equal($"proxy:{Port(Snapshot.Settings.Management.Url)}", Assert.Single(own.Texts("scrape_configs/0/static_configs/0/targets")));
        AssertReachable("prometheus", "proxy");
        own["scrape_configs"]![0]!["static_configs"]![0]!["targets"] = shipped.At("scrape_configs/0/static_configs/0/targets")!.DeepClone();
        Assert.Equal(shipped.ToJsonString(), own.ToJsonString());

        var mounted = System.IO.Directory.CreateTempSubdirectory("compose-prometheus-");
        foreach (var volume in Compose.Texts("services/prometheus/volumes").Where(static volume => volume.StartsWith('.')).Select(static volume => volume.Split(':')))
        {
            Assert.Equal("/etc/prometheus", Path.GetDirectoryName(volume[1]));
            File.Copy(Repository.PathOf(Path.Combine(Directory, volume[0])), Path.Combine(mounted.FullName, Path.GetFileName(volume[1])));
        }

        var (exitCode, output) = await Tool.RunAsync("promtool", "check", "config", Path.Combine(mounted.FullName, "prometheus.yml"));
        mounted.Delete(recursive: true);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Grafana_FindsPrometheusAndTheDashboard()
    {
        var own = YamlFile.Read("config/compose/datasources.yml");
        var url = new Uri(own.Text("datasources/0/url"));
        AssertReachable("grafana", url.Host);
        Assert.Equal($"127.0.0.1:{url.Port}:{url.Port}", Assert.Single(Compose.Texts($"services/{url.Host}/ports")));
        own["datasources"]![0]!["url"] = YamlFile.Read("config/grafana/provisioning/datasources/prometheus.yml").Text("datasources/0/url");
        Assert.Equal(YamlFile.Read("config/grafana/provisioning/datasources/prometheus.yml").ToJsonString(), own.ToJsonString());

        var mounts = Compose.Texts("services/grafana/volumes").Select(static volume => volume.Split(':')).ToDictionary(static volume => volume[0], static volume => volume[1]);
        var dashboards = YamlFile.Read("config/grafana/provisioning/dashboards/webhook-proxy.yml").Text("providers/0/options/path");
        Assert.Equal(dashboards, Path.GetDirectoryName(mounts["./grafana/dashboard.json"]));
        Assert.Equal("/etc/grafana/provisioning/dashboards", mounts["./grafana/provisioning/dashboards"]);
        Assert.Equal("/etc/grafana/provisioning/datasources", Path.GetDirectoryName(mounts["./compose/datasources.yml"]));
    }

    private static void AssertReachable(string from, string to) => Assert.NotEmpty(
        Compose.Texts($"services/{from}/networks").Intersect(Compose.Texts($"services/{to}/networks")).Intersect(Compose.Members("networks").Keys));

    private static int Port(string url) => BindingAddress.Parse(url).Port;

    /// <summary>The configuration as the proxy of the container reads it.</summary>
    private static ProxySnapshot Load()
    {
        var environment = Compose.Members("services/proxy/environment")
            .ToDictionary(static variable => variable.Key, static variable => Variable().Replace(variable.Value.ToString(), ConfigurationDirectory.Secret));
        var result = new SnapshotLoader(new ConfigurationSource(["appsettings.json"], environment, Repository.PathOf(Directory))).Load();
        Assert.Empty(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
        return result.Snapshot!;
    }

    [GeneratedRegex(@"\$\{(\w+):\?\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^#   export(?: (\w+)=…)+$", RegexOptions.Multiline)]
    private static partial Regex Asked();
}
