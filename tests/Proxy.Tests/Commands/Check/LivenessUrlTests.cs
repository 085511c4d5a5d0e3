using Proxy.Commands.Check;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.Commands.Check;

/// <summary><c>check --live</c> without a URL: it asks where the configuration puts the management listener.</summary>
public sealed class LivenessUrlTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("{}", "http://127.0.0.1:8081/livez")]
    [InlineData("""{ "Management": { "Url": "http://127.0.0.1:9001" } }""", "http://127.0.0.1:9001/livez")]
    [InlineData("""{ "Management": { "Url": "http://0.0.0.0:9002", "AllowRemote": true } }""", "http://127.0.0.1:9002/livez")]
    [InlineData("""{ "Management": { "Url": "http://*:9003" } }""", "http://127.0.0.1:9003/livez")]
    [InlineData("""{ "Management": { "Url": "http://[::]:9004" } }""", "http://[::1]:9004/livez")]
    [InlineData("""{ "Management": { "Url": "http://[::1]:9005" } }""", "http://[::1]:9005/livez")]
    [InlineData("""{ "Management": { "Url": "http://localhost:9006" } }""", "http://localhost:9006/livez")]
    [InlineData("""{ "Management": { "Url": "http://10.1.2.3:9007" } }""", "http://10.1.2.3:9007/livez")]
    [InlineData("""{ "Management": { "Url": "http://127.0.0.1:9008" }, "Webhooks": { "Policies": 3 } }""", "http://127.0.0.1:9008/livez")]
    public void Configuration_SaysWhereToAsk(string configuration, string expected)
    {
        _directory.Write("main.json", configuration);

        Assert.Equal(new Uri(expected), LivenessUrl.Of(_directory.Source("main.json")));
    }

    [Fact]
    public void FileThatIsNotJson_LeavesWhatTheEnvironmentSays()
    {
        _directory.Write("main.json", "{ half a file");

        Assert.Equal(new Uri("http://127.0.0.1:8081/livez"), LivenessUrl.Of(_directory.Source("main.json")));
        _directory.Environment["Management__Url"] = "http://127.0.0.1:9009";
        Assert.Equal(new Uri("http://127.0.0.1:9009/livez"), LivenessUrl.Of(_directory.Source("main.json")));
    }

    [Fact]
    public async Task PortThatTheProxyChooses_CannotBeAsked()
    {
        _directory.Write("main.json", """{ "Management": { "Url": "http://127.0.0.1:0" } }""");

        var run = await CommandRun.OfAsync("check --live --config main.json", directory: _directory.Root);

        Assert.Equal(2, run.Code);
        Assert.Contains("give --live a URL", run.Error, StringComparison.Ordinal);
    }
}
