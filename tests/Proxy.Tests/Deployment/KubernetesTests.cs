using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Proxy.Configuration;
using Proxy.Tests.Configuration;
using Proxy.Tests.Documents;
using Proxy.Tests.EndToEnd;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Deployment;

/// <summary>config/kubernetes: every name, label, port and path against the one that it refers to, and against the proxy itself.</summary>
public sealed class KubernetesTests
{
    private const string Directory = "config/kubernetes";

    private static readonly JsonNode Kustomization = YamlFile.Read($"{Directory}/kustomization.yaml");
    private static readonly IReadOnlyList<JsonNode> Objects = [.. Kustomization.Texts("resources").SelectMany(static file => YamlFile.ReadAll($"{Directory}/{file}"))];
    private static readonly JsonNode Deployment = One("Deployment");
    private static readonly JsonNode Pod = Deployment.At("spec/template")!;
    private static readonly JsonNode Container = Assert.Single(Pod.Items("spec/containers"));
    private static readonly ProxySnapshot Snapshot = Load();

    [Fact]
    public void Kustomization_NamesEveryFile()
    {
        var files = System.IO.Directory.EnumerateFiles(Repository.PathOf(Directory), "*.yaml").Select(static file => Path.GetFileName(file)!);

        Assert.Equal(files.Except(["kustomization.yaml"]).Order(), Kustomization.Texts("resources").Order());
        Assert.Contains(Container.Text("image"), Kustomization.Items("images").Select(static image => image.Text("name")));
    }

    [Fact]
    public async Task Probes_AskWhatTheManagementListenerAnswers()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        using var client = new HttpClient { BaseAddress = proxy.ManagementAddress };
        var ports = Ports();
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(static name => Container.At($"{name}/httpGet")))
        {
            Assert.Equal(BindingAddress.Parse(Snapshot.Settings.Management.Url).Port, ports[probe.Text("port")]);
            using var answer = await client.GetAsync(new Uri(probe.Text("path"), UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, probe.Text("path"));
        }

        using var metrics = await client.GetAsync(new Uri(One("ServiceMonitor").Text("spec/endpoints/0/path"), UriKind.Relative));
        Assert.Equal("text/plain", metrics.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public void Ports_AreThoseThatTheProxyListensOn()
    {
        var ports = Ports();
        Assert.Equal(BindingAddress.Parse(Snapshot.Settings.Urls).Port, ports["webhooks"]);
        Assert.True(Snapshot.Settings.Management.AllowRemote);
        var services = Objects.Where(static item => item.Text("kind") == "Service").SelectMany(static service => service.Items("spec/ports")).ToList();
        Assert.Equal(ports.Keys.Order(), services.Select(static port => port.Text("targetPort")).Order());
        Assert.Equal(
            ports.Keys.Order(), One("NetworkPolicy").Items("spec/ingress").SelectMany(static rule => rule.Items("ports")).Select(static port => port.Text("port")).Order());
    }

    [Fact]
    public void Selectors_FindThePod()
    {
        var labels = Pod.At("metadata/labels");
        Assert.True(Deployment.At("spec/selector/matchLabels").Selects(labels));
        Assert.True(One("PodDisruptionBudget").At("spec/selector/matchLabels").Selects(labels));
        Assert.True(One("NetworkPolicy").At("spec/podSelector/matchLabels").Selects(labels));
        Assert.All(Objects.Where(static item => item.Text("kind") == "Service"), service => Assert.True(service.At("spec/selector").Selects(labels)));
        Assert.All(Pod.Items("spec/topologySpreadConstraints"), spread => Assert.True(spread.At("labelSelector/matchLabels").Selects(labels)));
        var target = One("HorizontalPodAutoscaler").At("spec/scaleTargetRef");
        Assert.Equal((Deployment.Text("kind"), Deployment.Text("metadata/name"), Deployment.Text("apiVersion")), (target.Text("kind"), target.Text("name"), target.Text("apiVersion")));
    }

    [Fact]
    public void ServiceMonitor_FindsThePortTheTokenAndTheNameOfTheJob()
    {
        var monitor = One("ServiceMonitor");
        var service = Assert.Single(
            Objects, item => item.Text("kind") == "Service" && monitor.At("spec/selector/matchLabels").Selects(item.At("metadata/labels")));
        Assert.Contains(monitor.Text("spec/endpoints/0/port"), service.Items("spec/ports").Select(static port => port.Text("name")));

        var job = service.At("metadata/labels").Text(monitor.Text("spec/jobLabel").Replace('/', '~'));
        Assert.Equal(YamlFile.Read("config/prometheus/prometheus.yml").Text("scrape_configs/0/job_name"), job);
        Assert.Contains($"job=\"{job}\"", Repository.Read("config/prometheus/alerts.yml"), StringComparison.Ordinal);

        var token = monitor.At("spec/endpoints/0/authorization/credentials");
        var secrets = Volume("secrets").At("secret");
        Assert.Equal(secrets.Text("secretName"), token.Text("name"));
        Assert.Contains(
            $"\"Token\": \"file:{MountPath("secrets")}/{secrets.Items("items").Single(item => item.Text("key") == token.Text("key")).Text("path")}\"",
            One("ConfigMap").Text("data/appsettings.json"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mounts_AreWhereTheProxyReads()
    {
        Assert.Equal(One("ConfigMap").Text("metadata/name"), Volume("configuration").Text("configMap/name"));
        var variable = Assert.Single(Container.Items("env"), static item => item.Text("name") == ConfigurationSource.FileVariable).Text("value");
        Assert.Equal(MountPath("configuration"), Path.GetDirectoryName(variable));
        Assert.NotNull(One("ConfigMap").At($"data/{Path.GetFileName(variable)}"));
        Assert.Equal(ShippedImage.Configuration, variable);

        var command = Repository.Read($"{Directory}/kustomization.yaml");
        Assert.Contains($"kubectl create secret generic {Volume("secrets").Text("secret/secretName")} ", command, StringComparison.Ordinal);
        Assert.All(SecretFiles(), file => Assert.Contains($"--from-file={file} ", command, StringComparison.Ordinal));
        Assert.All(SecretFiles(), file => Assert.Contains($"file:{MountPath("secrets")}/{file}\"", One("ConfigMap").Text("data/appsettings.json"), StringComparison.Ordinal));
    }

    [Fact]
    public void Egress_LetsThroughWhatTheConfigurationNames()
    {
        var destination = new Uri(Assert.Single(Assert.Single(Snapshot.Clusters).Destinations!.Values).Address);

        Assert.Equal([(destination.Host, destination.Port), ("postgres", NpgsqlConnection.DefaultPort)], Egress());
    }

    [Fact]
    public void Shutdown_HasTheTimeThatItNeeds()
    {
        var needed = TimeSpan.FromSeconds(Container.Number("lifecycle/preStop/sleep/seconds")) + Snapshot.Settings.Drain + DrainLimit.SettlingTime;

        Assert.True(TimeSpan.FromSeconds(Pod.Number("spec/terminationGracePeriodSeconds")) > needed);
    }

    [Fact]
    public void Memory_HoldsTheBuffersTwice()
    {
        // .NET takes three quarters of the limit.
        var limit = long.Parse(Container.Text("resources/limits/memory").Replace("Mi", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 * 1024;

        Assert.True(limit * 3 / 4 >= Snapshot.Settings.Limits.MaxBufferedBytes * 2);
    }

    [Fact]
    public void SeveralPods_ShareWhatTheyRemember()
    {
        Assert.True(One("HorizontalPodAutoscaler").Number("spec/minReplicas") > One("PodDisruptionBudget").Number("spec/maxUnavailable"));
        Assert.Equal(ReplayStoreKind.PostgreSQL, Snapshot.Settings.Replay.Store);
    }

    [Fact]
    public void Pod_HasNoPrivilegeAndNothingToWriteTo()
    {
        Assert.Equal(ShippedImage.User, Pod.Number("spec/securityContext/runAsUser"));
        Assert.Equal("true", Pod.Text("spec/securityContext/runAsNonRoot"));
        Assert.Equal("RuntimeDefault", Pod.Text("spec/securityContext/seccompProfile/type"));
        Assert.Equal("false", Pod.Text("spec/automountServiceAccountToken"));
        Assert.Equal("true", Container.Text("securityContext/readOnlyRootFilesystem"));
        Assert.Equal("false", Container.Text("securityContext/allowPrivilegeEscalation"));
        Assert.Equal(["ALL"], Container.Texts("securityContext/capabilities/drop"));
        Assert.All(Container.Items("volumeMounts"), static mount => Assert.Equal("true", mount.Text("readOnly")));
    }

    [Fact]
    public void SeveralPods_LeaveRoomInTheStore()
    {
        const int Served = 100 - 3;
        const int PoolsOfOne = 2;
        var line = Repository.Read($"{Directory}/kustomization.yaml").Split('\n').Single(static line => line.StartsWith("#   Host=", StringComparison.Ordinal));
        var store = new NpgsqlConnectionStringBuilder(line[1..].Trim());
        var pods = One("HorizontalPodAutoscaler").Number("spec/maxReplicas") + Deployment.Number("spec/strategy/rollingUpdate/maxSurge");

        Assert.True(pods * PoolsOfOne * store.MaxPoolSize <= Served);
        Assert.Equal(Egress().Last().Pod, store.Host);
    }

    private static JsonNode One(string kind) => Assert.Single(Objects, item => item.Text("kind") == kind);

    private static JsonNode Volume(string name) => Assert.Single(Pod.Items("spec/volumes"), volume => volume.Text("name") == name);

    private static string MountPath(string name) => Assert.Single(Container.Items("volumeMounts"), mount => mount.Text("name") == name).Text("mountPath");

    private static Dictionary<string, int> Ports() => Container.Items("ports").ToDictionary(static port => port.Text("name"), static port => port.Number("containerPort"));

    private static IEnumerable<(string Pod, int Port)> Egress() => One("NetworkPolicy").Items("spec/egress")
        .Where(static rule => rule.At("to/0/podSelector") is not null)
        .Select(static rule => (rule.At("to/0/podSelector/matchLabels").Text("app.kubernetes.io~name"), rule.Number("ports/0/port")));

    private static IEnumerable<string> SecretFiles() => Volume("secrets").Items("secret/items").Select(static item => item.Text("path"));

    /// <summary>The configuration as a pod reads it, with its secrets in a directory of ours.</summary>
    private static ProxySnapshot Load()
    {
        using var directory = new ConfigurationDirectory();
        foreach (var file in SecretFiles())
        {
            directory.Write(file, file == "replay-store" ? "Host=postgres;Database=webhooks" : ConfigurationDirectory.Secret);
        }

        var result = directory.LoadText(One("ConfigMap").Text("data/appsettings.json").Replace(MountPath("secrets"), directory.Root, StringComparison.Ordinal));
        Assert.Empty(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
        return result.Snapshot!;
    }
}
