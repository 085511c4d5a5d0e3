using Proxy.Commands;
using Proxy.Tests.Documents;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Commands;

/// <summary>What a person sees of many requests, and what a pipe gets.</summary>
public sealed class SendProgressTests : IAsyncLifetime
{
    private const string Escape = "\u001b[";

    private readonly RecordingConsumer _receiver = new();
    private readonly ProxyShell _shell = new();

    private string Line => $"proxy send {_receiver.Address} --provider tawk --secret env:TAWK_WEBHOOK_SECRET --count 30 --concurrency 3";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _shell.Dispose();
        await _receiver.DisposeAsync();
    }

    /// <summary>The program <c>script</c> gives it a terminal, and copies what is shown there.</summary>
    [Fact]
    public async Task Terminal_ShowsABar()
    {
        _shell.Environment["TERM"] = "xterm";
        var run = await _shell.RunAsync($"script -qec 'stty cols 100; {Line}' /dev/null");
        Assert.True(run.Code == ExitCode.Ok, run.Output + run.Error);
        Assert.Contains(Escape, run.Output, StringComparison.Ordinal);
        Assert.Matches("30 requests .*(━|-)+.*100%", run.Output);
        Assert.Equal(30, _receiver.Requests.Count);
    }

    [Fact]
    public async Task Pipe_GetsPlainLinesAndTheSummaryApart()
    {
        _shell.Environment["TERM"] = "xterm";
        var run = await _shell.RunAsync($"{Line} --body README.md");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.DoesNotContain(Escape, run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 10).Select(static tenth => $"{tenth * 3} of 30 sent"), run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^what +value\n200 +30\np50 ", run.Output);
    }

    [Fact]
    public async Task OneRequest_HasNoProgress()
    {
        var run = await CommandRun.OfAsync(["send", _receiver.Address.ToString(), "--provider", "tawk", "--secret", "s"], "{}"u8.ToArray());
        Assert.Equal((ExitCode.Ok, "200 Answer\n", "OK\n"), (run.Code, run.Error, run.Output));
    }
}
