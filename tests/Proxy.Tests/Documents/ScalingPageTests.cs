using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Documents;

/// <summary>
/// The table of docs/scaling.md follows from what docs/performance.md shows as measured, by the formula that stands above it. After a new
/// measurement, run this test with UPDATE_DOCS=1.
/// </summary>
public sealed partial class ScalingPageTests
{
    private const string Page = "docs/scaling.md";
    private const string Measured = "docs/performance.md";

    private const int ProcessorsOfOne = 2;
    private const double Share = 0.6;

    /// <summary>Each column's name, and the table and the contender of its figures.</summary>
    private static readonly (string Name, string Table, string Contender)[] Columns =
    [
        ("2 KB", "2 KB bodies, 32 connections", "ours, verifying"),
        ("2 KB, TLS", "TLS", "ours, verifying, TLS"),
        ("2 KB, PostgreSQL store", "PostgreSQL store", "ours, verifying, PostgreSQL store"),
        ("64 KB", "64 KB bodies, 32 connections", "ours, verifying"),
    ];

    [Fact]
    public void Table_FollowsFromWhatWasMeasured()
    {
        var (page, table) = (Repository.Read(Page), WriteTable());
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
        {
            File.WriteAllText(Repository.PathOf(Page), page = Table().Replace(page, table));
        }

        Assert.Equal(table, Table().Match(page).Value);
    }

    [Fact]
    public void Formula_IsTheOneThatIsComputedWith() =>
        Assert.Contains($"peak rate × processor time per webhook ÷ (processors of one × {Share.ToString(CultureInfo.InvariantCulture)}) + 1", Repository.Read(Page), StringComparison.Ordinal);

    private static string WriteTable()
    {
        var figures = Columns.Select(static column => (Time: Figure(column.Table, column.Contender, "processor µs/request"), Rate: Figure(column.Table, column.Contender, "requests/s"))).ToList();
        var table = new StringBuilder();
        Row(table, "proxies", "to spare", Columns.Select(static column => column.Name));
        Row(table, "---", "---:", Columns.Select(static _ => "---:"));
        Row(table, "processor time for one webhook, measured", "", figures.Select(static figure => $"{figure.Time.ToString("0.0", CultureInfo.InvariantCulture)} µs"));
        Row(table, "webhooks a second, measured, everything on one machine", "", figures.Select(static figure => Thousands(figure.Rate)));
        foreach (var (proxies, spare) in new[] { (1, 0), (10, 1), (100, 1) })
        {
            Row(table, $"{proxies}", $"{spare}", figures.Select(figure => Thousands(Rounded((proxies - spare) * ProcessorsOfOne * Share / (figure.Time * 1e-6)))));
        }

        return table.ToString();
    }

    private static void Row(StringBuilder table, string first, string second, IEnumerable<string> cells) =>
        table.Append($"| {string.Join(" | ", [first, second, .. cells])} |\n");

    private static string Thousands(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>To two digits: a sum on paper is not better than that.</summary>
    private static double Rounded(double number)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(number)) - 1);
        return Math.Round(number / unit) * unit;
    }

    /// <summary>A cell of one of the tables that compare.sh writes.</summary>
    private static double Figure(string title, string contender, string column)
    {
        var text = Repository.Read(Measured);
        var start = text.IndexOf($"\n### {title} (medians of ", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Measured} has no table '{title}'.");
        var rows = text[start..].Split('\n').SkipWhile(static line => !line.StartsWith('|')).TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray()).ToList();
        var row = Assert.Single(rows, row => row[0] == contender);
        return double.Parse(row[Array.IndexOf(rows[0], column)], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\| proxies \|.*\n(\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();
}
