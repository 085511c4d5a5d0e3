using Proxy.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Fact]
    public void NoFileNamed_ReadsTheVariableThenTheDefault()
    {
        var source = _directory.Source() with { Files = [] };
        Assert.Equal(["./config/appsettings.json"], source.FileNames());

        _directory.Environment[ConfigurationSource.FileVariable] = "other.json";
        Assert.Equal(["other.json"], source.FileNames());
    }

    [Fact]
    public void MissingFile_IsAnErrorWithItsFullPath()
    {
        var result = _directory.Load("absent.json");

        var error = Assert.Single(result.Problems.Errors);
        Assert.Equal("absent.json", error.Source);
        Assert.Contains(Path.Combine(_directory.Root, "absent.json") + "' does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryInPlaceOfAFile_IsAnError()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Root, "main.json"));

        Assert.Contains("is a directory", Assert.Single(_directory.Load().Problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenJson_NamesFileAndLine()
    {
        var error = _directory.ErrorOf("{\n  \"Urls\" \"x\"\n}");

        Assert.Equal("main.json", error.Source);
        Assert.StartsWith("Line 2, column ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LaterFile_WinsMemberByMemberAndKeepsTheFirstSpelling()
    {
        _directory.Write("main.json", Valid);
        _directory.Write("over.json", """{ "webhooks": { "policies": { "TAWK": { "maxbodybytes": 7 } } } }""");

        var policy = Assert.Single(_directory.Load("main.json", "over.json").Snapshot!.Policies.Values);
        Assert.Equal(("tawk", 7L), (policy.Name, policy.MaxBodyBytes));
    }

    [Fact]
    public void ArraysOfALaterFile_ReplaceTheEarlierOnes()
    {
        _directory.Write("main.json", WithPolicy("\"AllowedSources\": [\"10.0.0.0/8\", \"192.0.2.0/24\"]"));
        _directory.Write("over.json", """{ "Webhooks": { "Policies": { "tawk": { "AllowedSources": ["203.0.113.0/24"] } } } }""");

        var sources = _directory.Load("main.json", "over.json").Snapshot!.Policies["tawk"].AllowedSources;
        Assert.Equal("203.0.113.0/24", sources.ToString());
    }

    [Fact]
    public void NullInALaterFile_TakesARouteAway()
    {
        _directory.Write("main.json", Valid);
        _directory.Write("over.json", """{ "ReverseProxy": { "Routes": { "tawk": null } }, "Webhooks": { "Policies": { "tawk": null } } }""");

        var snapshot = _directory.Load("main.json", "over.json").Snapshot!;
        Assert.Empty(snapshot.Routes);
        Assert.Empty(snapshot.Policies);
    }

    [Fact]
    public void Environment_OverridesFilesAndTypesItsStrings()
    {
        _directory.Environment["Webhooks__Policies__tawk__MaxBodyBytes"] = "99";
        _directory.Environment["WEBHOOKS__CAPTURE__ONLYREFUSED"] = "false";
        _directory.Environment["Urls"] = "http://127.0.0.1:9";

        var snapshot = _directory.LoadText(Valid).Snapshot!;
        Assert.Equal(99, snapshot.Policies["tawk"].MaxBodyBytes);
        Assert.False(snapshot.Settings.Capture.OnlyRefused);
        Assert.Equal("http://127.0.0.1:9", snapshot.Settings.Urls);
    }

    [Fact]
    public void NumbersInTheEnvironment_IndexArraysByValue()
    {
        for (var i = 0; i < 12; i++)
        {
            _directory.Environment[$"Webhooks__Policies__tawk__AllowedSources__{i}"] = $"192.0.2.{i}/32";
        }

        var sources = _directory.LoadText(WithPolicy("\"AllowedSources\": [\"10.0.0.0/8\"]")).Snapshot!.Policies["tawk"].AllowedSources;
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"192.0.2.{i}/32"), sources.ToString().Split(','));
    }

    [Fact]
    public void VariableThatNamesAnUnknownKey_IsAnErrorLikeAnyOther()
    {
        _directory.Environment["Webhooks__Policies__tawk__MaxAeg"] = "00:01:00";

        var error = _directory.ErrorOf(Valid);
        Assert.Equal("environment variable Webhooks__Policies__tawk__MaxAeg", error.Source);
        Assert.Equal("$.Webhooks.Policies.tawk.MaxAeg", error.Path);
        Assert.Contains("Did you mean 'MaxAge'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MANAGEMENT")]
    [InlineData("Other__Key")]
    [InlineData("Webhooks")]
    public void VariablesOfOthers_AreLeftAlone(string name)
    {
        _directory.Environment[name] = "1";

        Assert.Empty(_directory.LoadText(Valid).Problems.Errors);
    }

    [Fact]
    public void UrlsOfTheCommandLine_ReplaceUrlsAndKestrel()
    {
        _directory.Write("main.json", Valid.Replace(
            "\"Webhooks\": {",
            "\"Urls\": \"http://127.0.0.1:1\", \"Kestrel\": { \"Endpoints\": { \"e\": { \"Url\": \"http://127.0.0.1:2\" } } }, \"Webhooks\": {",
            StringComparison.Ordinal));

        var settings = new SnapshotLoader(_directory.Source() with { Urls = "http://127.0.0.1:3" }).Load().Snapshot!.Settings;
        Assert.Equal("http://127.0.0.1:3", settings.Urls);
        Assert.Equal(["http://127.0.0.1:3"], Endpoints(settings));
        Assert.Equal(["http://127.0.0.1:2"], Endpoints(_directory.Load().Snapshot!.Settings));
    }

    [Fact]
    public void KestrelWithoutEndpoints_LeavesUrls()
    {
        var settings = _directory.LoadText(Valid.Replace(
            "\"Webhooks\": {",
            "\"Urls\": \"http://127.0.0.1:1;http://unix:/run/Proxy.sock\", \"Kestrel\": { \"EndpointDefaults\": { \"Protocols\": \"Http2\" } }, \"Webhooks\": {",
            StringComparison.Ordinal)).Snapshot!.Settings;

        Assert.Equal(["http://127.0.0.1:1", "http://unix:/run/Proxy.sock"], Endpoints(settings));
        Assert.Equal("Http2", settings.Kestrel["EndpointDefaults:Protocols"]);
    }

    [Fact]
    public void CatalogPattern_AddsProvidersOfFilesBesideTheConfiguration()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Root, "providers"));
        _directory.Write("providers/acme.json", """
            { "id": "acme", "name": "Acme", "docs": "https://example.com", "sources": ["https://example.com"], "confidence": "high",
              "scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Acme", "encoding": "hex" }, "content": "{body}" } }
            """);

        var json = Valid.Replace("\"Provider\": \"tawk\"", "\"Provider\": \"acme\"", StringComparison.Ordinal)
            .Replace("\"Webhooks\": {", "\"Webhooks\": { \"Catalog\": [\"providers/*.json\"],", StringComparison.Ordinal);
        Assert.Equal("acme", _directory.LoadText(json).Snapshot!.Policies["tawk"].Provider);
    }

    [Fact]
    public void CatalogPatternWithoutFiles_IsAnError()
    {
        var error = _directory.ErrorOf(Valid.Replace("\"Webhooks\": {", "\"Webhooks\": { \"Catalog\": [\"absent/*.json\"],", StringComparison.Ordinal));

        Assert.Equal("$.Webhooks.Catalog[0]", error.Path);
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string?> Endpoints(ProxySettings settings) => settings.Kestrel.GetSection("Endpoints").GetChildren().Select(static one => one["Url"]);
}
