using System.Text.RegularExpressions;
using Proxy.Configuration;
using Proxy.Webhooks;

namespace Proxy.Tests.Configuration;

public sealed partial class ShippedConfigurationTests
{
    private static readonly string[] Providers = ["chatbase", "protocol", "smarterbot", "tawk"];

    [Fact]
    public void ShippedFile_GuardsTheFourProviders()
    {
        var snapshot = Load(Providers.ToDictionary(
            static id => $"{id.ToUpperInvariant()}_WEBHOOK_SECRET", static _ => ConfigurationDirectory.Secret)).Snapshot!;

        Assert.Empty(snapshot.Warnings);
        Assert.Equal(Providers, snapshot.Routes.Select(route => route.Config.RouteId));
        Assert.All(snapshot.Routes, route =>
        {
            Assert.Equal((route.Config.RouteId, PolicyMode.Enforce), (route.Policy.Provider, route.Policy.Mode));
            Assert.Equal("/webhooks/" + route.Config.RouteId, route.Config.Match.Path);
            Assert.Equal(["POST"], route.Config.Match.Methods!);
        });
        Assert.Equal("http://127.0.0.1:5000/", Assert.Single(snapshot.Clusters).Destinations!.Values.Single().Address);
    }

    [Fact]
    public void ShippedFileWithoutSecrets_NamesEveryVariable()
    {
        var errors = Load([]).Problems.Errors;

        Assert.Equal(
            Providers.Select(static id => $"{id.ToUpperInvariant()}_WEBHOOK_SECRET"),
            errors.Select(static error => Quoted().Match(error.Message).Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static LoadResult Load(Dictionary<string, string> environment) =>
        new SnapshotLoader(new ConfigurationSource(["config/appsettings.json"], environment, AppContext.BaseDirectory)).Load();

    [GeneratedRegex("'(.*)' is not set")]
    private static partial Regex Quoted();
}
