using Proxy.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class ListenerReaderTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Theory]
    [InlineData("foo")]
    [InlineData("ftp://127.0.0.1:21")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:80a")]
    public void AddressThatCannotBeListenedOn_IsAnError(string url)
    {
        var error = _directory.ErrorOf(With($"\"Urls\": \"http://127.0.0.1:1;{url}\""));

        Assert.Equal("$.Urls", error.Path);
        Assert.StartsWith($"\"{url}\" is not an address to listen on", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://*:80")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://localhost:65535")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/run/proxy.sock")]
    [InlineData("http://10.0.0.1:8081")]
    public void AddressToListenOn_IsTaken(string url) =>
        Assert.Equal(url, _directory.LoadText(With($"\"Urls\": \"{url}\"")).Snapshot!.Settings.Urls);

    [Fact]
    public void UrlsOfTheCommandLine_AreCheckedLikeThoseOfAFile()
    {
        _directory.Write("main.json", Valid);
        var result = new SnapshotLoader(_directory.Source() with { Urls = "foo" }).Load();

        Assert.Null(result.Snapshot);
        var error = Assert.Single(result.Problems.Errors);
        Assert.Equal(("--urls", "$.Urls"), (error.Source, error.Path));
    }

    [Fact]
    public void ManagementAddressWithTls_IsAnError()
    {
        var error = _directory.ErrorOf(With("\"Management\": { \"Url\": \"https://127.0.0.1:8081\" }"));

        Assert.Equal("$.Management.Url", error.Path);
        Assert.Equal("The management listener speaks http only, not \"https://127.0.0.1:8081\"; expected for example http://127.0.0.1:8081.", error.Message);
    }

    [Theory]
    [InlineData("\"Urls\": \"http://127.0.0.1:8081\"", "$.Urls")]
    [InlineData("\"Urls\": \"http://0.0.0.0:8081\"", "$.Urls")]
    [InlineData("\"Urls\": \"http://*:8081\"", "$.Urls")]
    [InlineData("\"Management\": { \"Url\": \"http://localhost:8080\" }", "$.Management.Url")]
    [InlineData("\"Kestrel\": { \"Endpoints\": { \"a\": { \"Url\": \"http://localhost:8081\" } } }", "$.Kestrel.Endpoints.a.Url")]
    public void PortOfBothListeners_IsAnError(string members, string path)
    {
        var error = _directory.ErrorOf(With(members));

        Assert.Equal(path, error.Path);
        Assert.Contains("the same port", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Urls\": \"http://127.0.0.1:8081\", \"Kestrel\": { \"Endpoints\": { \"a\": { \"Url\": \"http://localhost:1\" } } }")]
    [InlineData("\"Urls\": \"http://127.0.0.1:0\", \"Management\": { \"Url\": \"http://127.0.0.1:0\" }")]
    public void ListenersThatDoNotMeet_AreLegal(string members) => Assert.Empty(_directory.LoadText(With(members)).Problems.Errors);

    public void Dispose() => _directory.Dispose();

    private static string With(string members) => $"{{ {members}, {Valid.TrimStart()[1..]}";
}
