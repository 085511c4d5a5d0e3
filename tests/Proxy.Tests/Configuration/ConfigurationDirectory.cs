using Proxy.Configuration;
using WebhookVerification.Settings;

namespace Proxy.Tests.Configuration;

/// <summary>A directory of its own for the files of one test, and an environment that is nobody else's.</summary>
internal sealed class ConfigurationDirectory : IDisposable
{
    public const string Secret = "0123456789abcdef-secret";

    /// <summary>One route, one policy, a secret from the environment: valid, without a warning.</summary>
    public const string Valid = """
        {
          "ReverseProxy": {
            "Routes": { "tawk": { "ClusterId": "app", "Match": { "Path": "/tawk" } } },
            "Clusters": { "app": { "Destinations": { "one": { "Address": "http://127.0.0.1:5000/base/" } } } }
          },
          "Webhooks": { "Policies": { "tawk": { "Provider": "tawk", "Secrets": { "current": "env:TAWK" } } } }
        }
        """;

    public string Root { get; } = Directory.CreateTempSubdirectory("proxy-configuration-").FullName;

    public Dictionary<string, string> Environment { get; } = new() { ["TAWK"] = Secret };

    public ConfigurationSource Source(params string[] files) => new(files.Length == 0 ? ["main.json"] : files, Environment, Root);

    public string Write(string name, string content)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Delete(string name) => File.Delete(Path.Combine(Root, name));

    public LoadResult Load(params string[] files) => new SnapshotLoader(Source(files)).Load();

    /// <summary>Loads one file with the given content.</summary>
    public LoadResult LoadText(string json)
    {
        Write("main.json", json);
        return Load();
    }

    /// <summary>The only error of the given content.</summary>
    public Problem ErrorOf(string json)
    {
        var result = LoadText(json);
        Assert.Null(result.Snapshot);
        return Assert.Single(result.Problems.Errors);
    }

    /// <summary>A valid configuration with more members in its policy.</summary>
    public static string WithPolicy(string members, string provider = "tawk") =>
        Valid.Replace("\"Provider\": \"tawk\"", $"\"Provider\": \"{provider}\", {members}", StringComparison.Ordinal);

    /// <summary>A valid configuration with more members in its route.</summary>
    public static string WithRoute(string members) =>
        Valid.Replace("\"ClusterId\": \"app\"", $"\"ClusterId\": \"app\", {members}", StringComparison.Ordinal);

    /// <summary>A valid configuration with more members in its cluster.</summary>
    public static string WithCluster(string members) =>
        Valid.Replace("\"app\": {", $"\"app\": {{ {members},", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
