using System.Text.Json;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Operations;

/// <summary>Every query of the shipped Grafana dashboard: panels, variables and annotations.</summary>
internal static partial class Dashboard
{
    public static IReadOnlyDictionary<string, string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "grafana", "dashboard.json")));
        var root = dashboard.RootElement;
        var panels = from panel in root.GetProperty("panels").EnumerateArray()
                     where panel.TryGetProperty("targets", out _)
                     from target in panel.GetProperty("targets").EnumerateArray()
                     select (Name: $"panel {panel.GetProperty("title")} {target.GetProperty("refId")}", Query: target.GetProperty("expr").GetString()!);
        var variables = from variable in root.GetProperty("templating").GetProperty("list").EnumerateArray()
                        where variable.GetProperty("type").GetString() == "query"
                        select (Name: $"variable {variable.GetProperty("name")}", Query: LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!).Groups[1].Value);
        var annotations = from annotation in root.GetProperty("annotations").GetProperty("list").EnumerateArray()
                          select (Name: $"annotation {annotation.GetProperty("name")}", Query: annotation.GetProperty("expr").GetString()!);
        return panels.Concat(variables).Concat(annotations).Index()
            .ToDictionary(static query => $"{query.Item.Name} ({query.Index})", static query => Substitute(query.Item.Query));
    }

    /// <summary>What Grafana puts in for "All".</summary>
    private static string Substitute(string query) => query
        .Replace("$__rate_interval", "5m", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal)
        .Replace("$route", ".*", StringComparison.Ordinal);

    [GeneratedRegex("""^label_values\((.+), \w+\)$""")]
    private static partial Regex LabelValues();
}
