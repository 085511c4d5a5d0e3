using Proxy.Commands;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Documents;

/// <summary>The examples of the verbs that serve, or need a server: run letter by letter, over sockets.</summary>
public sealed class ServingExampleTests : IDisposable
{
    private readonly ProxyShell _shell = new();

    [Fact]
    public async Task Run_ServesUntilItIsStopped()
    {
        var management = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        _shell.Environment["Urls"] = "http://127.0.0.1:0";
        _shell.Environment["Management__Url"] = management.ToString();
        using var process = _shell.Start(Example("run"));
        try
        {
            using var client = new HttpClient();
            await Deadline.Until(async () => !process.HasExited && await IsLiveAsync(client, management), "/livez to answer");
            _shell.Signal("TERM");
            await Deadline.Within(process.WaitForExitAsync(), "the end of the proxy");
            Assert.Equal(ExitCode.Ok, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                _shell.Signal("KILL");
            }
        }
    }

    [Fact]
    public async Task Demo_PrintsWhatTheReadmeShows()
    {
        var run = await ShellLine.RunAsync(Example("demo"));
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Equal(ShellLine.In(Repository.Section("README.md", "## See it")).Output, run.Output);
    }

    [Fact]
    public async Task Send_ReachesTheAppBehindTheProxy()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        _shell.Environment["PROXY_URL"] = proxy.Address.ToString().TrimEnd('/');
        var run = await _shell.RunAsync(Example("send"));
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.StartsWith("200 ", run.Error, StringComparison.Ordinal);
        Assert.Equal("{}\n"u8.ToArray(), Assert.Single(proxy.Consumer.Requests).Body);
    }

    public void Dispose() => _shell.Dispose();

    private static string Example(string verb) => CommandLine.Create().Commands.Single(command => command.Name == verb).Example;

    private static async Task<bool> IsLiveAsync(HttpClient client, Uri management)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(management, "/livez"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
