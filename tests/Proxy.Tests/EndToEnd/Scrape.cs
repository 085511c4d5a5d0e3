using System.Globalization;
using System.Text.RegularExpressions;

namespace Proxy.Tests.EndToEnd;

/// <summary>The samples of one <c>/metrics</c> page.</summary>
internal sealed partial class Scrape
{
    private readonly List<Sample> _samples = [];

    public static Scrape Parse(string page)
    {
        var scrape = new Scrape();
        foreach (var line in page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = SampleLine().Match(line);
            Assert.True(parts.Success, $"Not a sample: {line}");
            scrape._samples.Add(new Sample(
                parts.Groups["name"].Value,
                Label().Matches(parts.Groups["labels"].Value).ToDictionary(
                    label => label.Groups["name"].Value, label => Unescape(label.Groups["value"].Value)),
                Number(parts.Groups["value"].Value)));
        }

        return scrape;
    }

    /// <summary>The sum of the series that carry these labels, whatever else they carry; 0 when there is none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => Matching(name, labels).Sum(sample => sample.Value);

    /// <summary>How many series of that name carry these labels.</summary>
    public int Count(string name, params (string Name, string Value)[] labels) => Matching(name, labels).Count();

    private IEnumerable<Sample> Matching(string name, (string Name, string Value)[] labels) => _samples.Where(
        sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value));

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string value) =>
        Escape().Replace(value, escape => escape.Value == "\\n" ? "\n" : escape.Value[1..]);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( -?\d+)?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(\\.|[^"\\])*)",?""")]
    private static partial Regex Label();

    [GeneratedRegex("""\\.""")]
    private static partial Regex Escape();

    private sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
}
