using System.Text;
using System.Text.RegularExpressions;
using Proxy.Tests.Operations;

namespace Proxy.Tests.Documents;

/// <summary>docs/migrate.md and the pages of docs/migrate, followed letter by letter: a shell for each, the built proxy, a real HAProxy or nginx, an app.</summary>
public sealed partial class MigrationPageTests : IDisposable
{
    private const string Main = "docs/migrate.md";

    private readonly ProxyShell _shell = new();
    private readonly Dictionary<string, int> _ports = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("migration-");

    /// <summary>A page that is added is followed without being named here.</summary>
    public static TheoryData<string> Pages => [Main, .. Directory.EnumerateFiles(Repository.PathOf("docs/migrate"), "*.md").Select(static path => $"docs/migrate/{Path.GetFileName(path)}").Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EveryCommand_PrintsWhatThePageShows(string page)
    {
        // Ports that nobody else has. No table has a column behind one, whose shape would change.
        var text = Port().Replace(Repository.Read(page), PortOf);
        var shown = new StringBuilder();
        await using var session = new ShellSession(_shell, _directory.FullName);
        foreach (var (command, output) in ConsoleBlock.In(text))
        {
            var printed = await session.RunAsync(command);
            shown.Append($"$ {command}\n{printed}\n");
            Assert.True(output == printed, $"{shown}\nbut the page shows\n{output}");
        }
    }

    [Fact]
    public async Task EveryQuery_IsOneOfPrometheus()
    {
        var queries = Query().Match(Repository.Read(Main)).Groups["lines"].Value.Split('\n');
        Assert.NotEmpty(queries);
        var rules = new StringBuilder("groups:\n  - name: page\n    rules:\n");
        foreach (var query in queries)
        {
            rules.Append($"      - record: page:query\n        labels: {{ number: \"{rules.Length}\" }}\n        expr: '{query}'\n");
        }

        var file = Path.Combine(_directory.FullName, "rules.yml");
        await File.WriteAllTextAsync(file, rules.ToString());
        var (exitCode, output) = await Tool.RunAsync("promtool", "check", "rules", file);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Metrics by their names on the page of the README, whose names are those that are scraped; alerts by their rules.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryMetricAndAlert_Exists(string page)
    {
        var metrics = Repository.Section("README.md", "## Metrics");
        var alerts = Repository.Read("config/prometheus/alerts.yml");
        var text = Repository.Read(page);
        Assert.All(Metric().Matches(text).Select(static match => match.Groups["name"].Value), name => Assert.Contains($"`{name}`", metrics, StringComparison.Ordinal));
        Assert.All(Alert().Matches(text).Select(static match => match.Value), name => Assert.Contains($"alert: {name.Trim('`')}\n", alerts, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _shell.Dispose();
        _directory.Delete(recursive: true);
    }

    private string PortOf(Match match)
    {
        if (!_ports.TryGetValue(match.Value, out var port))
        {
            _ports.Add(match.Value, port = FreePort.Take());
        }

        return $"{port}";
    }

    [GeneratedRegex(@"\b(5000|8000|8080|8081)\b")]
    private static partial Regex Port();

    [GeneratedRegex(@"^```promql\n(?<lines>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex(@"\b(?<name>webhook_[a-z_]+?)(_bucket)?\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"`Webhook[A-Z]\w+`")]
    private static partial Regex Alert();
}
