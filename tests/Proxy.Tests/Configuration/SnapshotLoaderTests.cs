using Proxy.Configuration;
using Proxy.Webhooks;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class SnapshotLoaderTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Fact]
    public void SmallestConfiguration_LoadsWithDefaults()
    {
        var result = _directory.LoadText(Valid);

        Assert.Empty(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
        var settings = result.Snapshot!.Settings;
        Assert.Equal("http://0.0.0.0:8080", settings.Urls);
        Assert.Equal(("http://127.0.0.1:8081", false), (settings.Management.Url, settings.Management.AllowRemote));
        Assert.Equal((ReplayStoreKind.Memory, 1_000_000), (settings.Replay.Store, settings.Replay.Capacity));
        Assert.Equal(new LimitSettings(268_435_456, 0.25), settings.Limits);
        Assert.Equal(new CaptureSettings(null, true, 100), settings.Capture);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Drain);
        var route = Assert.Single(result.Snapshot.Routes);
        Assert.Equal(("tawk", "tawk"), (route.Config.RouteId, route.Policy.Name));
        Assert.Equal("http://127.0.0.1:5000/base/", result.Snapshot.Clusters[0].Destinations!["one"].Address);
    }

    [Fact]
    public void EveryError_IsReportedAtOnce()
    {
        var result = _directory.LoadText("""
            {
              "Urls": "nonsense",
              "Drain": "00:00:30",
              "Management": { "Url": "http://0.0.0.0:8081" },
              "ReverseProxy": { "Routes": { "a": { "ClusterId": "x", "Match": { "Path": "/a", "Methdos": ["POST"] } } } },
              "Webhooks": {
                "Policies": { "p": { "Provider": "twak", "Secrets": { "current": "env:UNSET" }, "MaxBodyBytes": -1 } },
                "Limits": { "MaxBufferedShare": 2 }
              }
            }
            """);

        Assert.Equal(
            [
                "$.Urls", "$.Management.Url", "$.Drain", "$.Webhooks.Limits.MaxBufferedShare",
                "$.Webhooks.Policies.p.Provider", "$.Webhooks.Policies.p.MaxBodyBytes", "$.Webhooks.Policies.p.Secrets.current",
                "$.ReverseProxy.Routes.a.Match.Methdos", "$.ReverseProxy.Routes.a.ClusterId",
            ],
            result.Problems.Errors.Select(error => error.Path));
        Assert.Null(result.Snapshot);
    }

    [Fact]
    public void RouteWithoutPolicy_IsAnErrorThatNamesTheNearest()
    {
        var error = _directory.ErrorOf(Valid.Replace("\"tawk\": { \"ClusterId\"", "\"tawkk\": { \"ClusterId\"", StringComparison.Ordinal));

        Assert.Equal("$.ReverseProxy.Routes.tawkk", error.Path);
        Assert.Contains("expected one of tawk, None (forwards unverified). Did you mean 'tawk'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MetadataThatNamesNoPolicy_IsAnError()
    {
        var error = _directory.ErrorOf(WithRoute("""
            "Metadata": { "WebhookPolicy": "twak" }
            """));

        Assert.Equal("$.ReverseProxy.Routes.tawk.Metadata.WebhookPolicy", error.Path);
        Assert.StartsWith("\"twak\" is no policy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("nONE")]
    public void ReservedPolicy_ForwardsUnverifiedWithAnyMethod(string name)
    {
        var result = _directory.LoadText(WithRoute($$"""
            "Metadata": { "WebhookPolicy": "{{name}}" }
            """));

        var route = Assert.Single(result.Snapshot!.Routes);
        Assert.Equal((PolicyMode.None, "none"), (route.Policy.Mode, route.Policy.Provider));
        Assert.Null(route.Config.Match.Methods);
    }

    [Fact]
    public void PolicyThatNoRouteUses_IsAWarning()
    {
        var result = _directory.LoadText(WithRoute("""
            "Metadata": { "WebhookPolicy": "None" }
            """));

        Assert.Equal("$.Webhooks.Policies.tawk", Assert.Single(result.Problems.Warnings).Path);
    }

    [Fact]
    public void PolicyOfARouteWithAnError_IsNotCalledUnused()
    {
        var result = _directory.LoadText(WithRoute("\"Ordr\": 1"));

        Assert.Single(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
    }

    [Fact]
    public void PolicyCalledNone_IsAnError()
    {
        var error = _directory.ErrorOf(Valid
            .Replace("\"Policies\": { \"tawk\"", "\"Policies\": { \"none\"", StringComparison.Ordinal)
            .Replace("\"ClusterId\"", "\"Metadata\": { \"WebhookPolicy\": \"None\" }, \"ClusterId\"", StringComparison.Ordinal));

        Assert.Equal("$.Webhooks.Policies.none", error.Path);
    }

    [Fact]
    public void RouteWithoutMethods_GetsPost() =>
        Assert.Equal(["POST"], _directory.LoadText(Valid).Snapshot!.Routes[0].Config.Match.Methods!);

    [Fact]
    public void RouteWithMethods_KeepsThem()
    {
        var json = Valid.Replace("\"Path\": \"/tawk\"", "\"Path\": \"/tawk\", \"Methods\": [\"PUT\"]", StringComparison.Ordinal);

        Assert.Equal(["PUT"], _directory.LoadText(json).Snapshot!.Routes[0].Config.Match.Methods!);
    }

    [Fact]
    public void TwoRoutesForTheSameRequests_AreAnError()
    {
        var error = _directory.ErrorOf(Valid.Replace(
            "\"Routes\": {",
            """
            "Routes": { "other": { "ClusterId": "app", "Match": { "Path": "/tawk" }, "Metadata": { "WebhookPolicy": "tawk" } },
            """,
            StringComparison.Ordinal));

        Assert.Contains("same requests as the route 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyConfiguration_WarnsThatNothingIsRouted() =>
        Assert.Contains("no route", Assert.Single(_directory.LoadText("{}").Problems.Warnings).Message, StringComparison.Ordinal);

    [Fact]
    public void UnchangedPolicies_KeepTheirInstancesOnReload()
    {
        var loader = new SnapshotLoader(_directory.Source());
        _directory.Write("main.json", Valid);
        var first = loader.Load().Snapshot!;
        _directory.Write("main.json", Valid.Replace("/tawk", "/moved", StringComparison.Ordinal));
        var moved = loader.Load(new FileSnapshot(), first).Snapshot!;
        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5"));
        var changed = loader.Load(new FileSnapshot(), moved).Snapshot!;

        Assert.Same(first.Policies["tawk"], moved.Policies["tawk"]);
        Assert.NotSame(moved.Policies["tawk"], changed.Policies["tawk"]);
        Assert.NotEqual(moved.Policies["tawk"].Revision, changed.Policies["tawk"].Revision);
    }

    [Fact]
    public void ResolvedSecrets_AreKeptForExplainOnly()
    {
        _directory.Write("main.json", Valid);

        Assert.Null(new SnapshotLoader(_directory.Source()).Load().Snapshot!.Policies["tawk"].Origin);
        Assert.NotNull(new SnapshotLoader(_directory.Source(), keepOrigins: true).Load().Snapshot!.Policies["tawk"].Origin);
    }

    [Fact]
    public void RestartOnlyKeysThatChange_KeepTheirValuesAndAreNamed()
    {
        var loader = new SnapshotLoader(_directory.Source());
        _directory.Write("main.json", Valid);
        var first = loader.Load().Snapshot!;
        _directory.Write("main.json", Valid
            .Replace("\"Webhooks\": {", "\"Urls\": \"http://127.0.0.1:1\", \"Webhooks\": { \"Drain\": \"00:00:05\", \"Replay\": { \"Capacity\": 5000 },", StringComparison.Ordinal));
        var second = loader.Load(new FileSnapshot(), first).Snapshot!;

        Assert.Equal(["Urls", "Webhooks:Replay:Capacity"], second.RestartNeeded);
        Assert.Equal(("http://0.0.0.0:8080", 1_000_000), (second.Settings.Urls, second.Settings.Replay.Capacity));
        Assert.Equal(TimeSpan.FromSeconds(5), second.Settings.Drain);
    }

    [Fact]
    public void BodyBoundThatTheBudgetCannotMeet_IsAWarning()
    {
        var result = _directory.LoadText(WithPolicy("\"MaxBodyBytes\": 100000000"));

        Assert.Contains("always refused", Assert.Single(result.Problems.Warnings).Message, StringComparison.Ordinal);
    }

    /// <summary>The last eighth of the budget is for small bodies, whatever a route may hold.</summary>
    [Fact]
    public void BodyBoundAboveWhatLargeBodiesMayHold_IsAWarning()
    {
        var result = _directory.LoadText(WithPolicy("\"MaxBodyBytes\": 14000000")
            .Replace("\"Webhooks\": {", "\"Webhooks\": { \"Limits\": { \"MaxBufferedBytes\": 16777216, \"MaxBufferedShare\": 1 },", StringComparison.Ordinal));

        Assert.Contains("lets it hold 14680064 bytes", Assert.Single(result.Problems.Warnings).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
