using System.Text.RegularExpressions;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Telemetry;
using Proxy.Tests.EndToEnd;
using Proxy.Webhooks;
using WebhookVerification.Catalog;

namespace Proxy.Tests.Documents;

/// <summary>The README cannot rot: its tables are compared with what the program says of itself.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public async Task Metrics_AreThoseThatAreScraped()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        // Histograms show once they have something to show: one webhook signed a second ago, one a second ahead.
        await proxy.SendSignedAsync("smarterbot", "{}"u8.ToArray());
        var ahead = ProviderSignature.Smarterbot(ProxyFixture.Secret, "[]"u8, proxy.Clock.GetUtcNow().AddSeconds(1));
        await proxy.SendAsync(RawRequest.Post("/webhooks/smarterbot", "[]"u8, ahead));
        var page = await proxy.GetMetricsPageAsync();
        var scraped = MetricType().Matches(page).Select(static match => match.Groups["name"].Value).Where(IsOurs);
        var documented = MetricName().Matches(Section("## Metrics")).Select(static match => match.Value);
        Assert.Equal(scraped.Distinct().Order(), documented.Distinct().Order());
    }

    [Fact]
    public void Verbs_AreThoseOfTheCommandLine()
    {
        var documented = Verb().Matches(Section("## Verbs")).Select(static match => match.Groups["name"].Value);
        Assert.Equal(CommandLine.Create().Verbs.Order(), documented.Order());
    }

    [Fact]
    public void SizeOfTheCatalogue_IsAsSaid() =>
        Assert.Contains($"({ProviderCatalog.BuiltIn.Ids.Count} entries)", Readme, StringComparison.Ordinal);

    [Fact]
    public void Reasons_AreAllInTheTableOfSteps()
    {
        var steps = Section("## What happens to a request");
        Assert.All(
            Enum.GetValues<Reason>().Where(static reason => reason != Reason.None),
            reason => Assert.Contains($"`{MetricLabels.Of(reason)}`", steps, StringComparison.Ordinal));
    }

    [Fact]
    public void Outcomes_AreAllNamed()
    {
        var metrics = Section("## Metrics");
        Assert.All(
            Enum.GetValues<RequestOutcome>(),
            outcome => Assert.Contains($"`{MetricLabels.Of(outcome)}`", metrics, StringComparison.Ordinal));
    }

    [Fact]
    public void ExampleOfAProvider_IsTheEntryItself()
    {
        var lines = Repository.Read("CONTRIBUTING.md").Split('\n').Select(static line => line.Trim()).ToList();
        var start = lines.IndexOf("```json") + 1;
        var example = lines[start..lines.IndexOf("```", start)];
        Assert.Equal(Repository.Read("config/providers/linear.json").TrimEnd().Split('\n').Select(static line => line.Trim()), example);
    }

    private static bool IsOurs(string name) => name.StartsWith("webhook_", StringComparison.Ordinal);

    private static string Section(string heading) => Repository.Section("README.md", heading);

    [GeneratedRegex("^# TYPE (?<name>[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex MetricType();

    [GeneratedRegex("webhook_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^\| `(?<name>[a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
