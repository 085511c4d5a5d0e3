using Proxy.Commands;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Commands;

public sealed class SendCommandTests : IAsyncLifetime
{
    private ProxyFixture _proxy = null!;

    public async Task InitializeAsync() => _proxy = await ProxyFixture.StartAsync(clock: new ManualTimeProvider(CommandRun.Now));

    public Task DisposeAsync() => _proxy.DisposeAsync().AsTask();

    [Theory]
    [InlineData("tawk")]
    [InlineData("smarterbot")]
    [InlineData("chatbase")]
    [InlineData("protocol")]
    public async Task Genuine_IsForwardedAndTheAnswerPrinted(string provider)
    {
        var run = await SendAsync(provider);
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.StartsWith("200 ", run.Error, StringComparison.Ordinal);
        Assert.Equal("{\"id\":1}"u8.ToArray(), (await _proxy.Consumer.WaitForRequestAsync()).Body);
    }

    [Theory]
    [InlineData("tawk", "body")]
    [InlineData("tawk", "signature")]
    [InlineData("tawk", "secret")]
    [InlineData("smarterbot", "body")]
    [InlineData("smarterbot", "signature")]
    [InlineData("smarterbot", "secret")]
    [InlineData("smarterbot", "timestamp")]
    public async Task Forged_IsRefused(string provider, string forgery)
    {
        var run = await SendAsync(provider, "--forge", forgery);
        Assert.Equal(ExitCode.NotVerified, run.Code);
        Assert.StartsWith("400 ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_proxy.Consumer.Requests);
    }

    [Fact]
    public async Task Replayed_IsForwardedOnce()
    {
        var run = await SendAsync("smarterbot", "--forge", "replay", "--count", "5");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Single(_proxy.Consumer.Requests);
    }

    [Fact]
    public async Task Many_AreCountedByStatusWithTheirLatencies()
    {
        var run = await SendAsync("tawk", "--count", "20", "--concurrency", "4", "--forge", "body");
        Assert.Equal(ExitCode.NotVerified, run.Code);
        Assert.Matches(@"(?m)^\s*400\s+20\s*$", run.Output);
        Assert.All(new[] { "p50", "p90", "p99", "slowest", "per second" }, row => Assert.Contains(row, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NobodyListening_IsSaid()
    {
        await _proxy.StopAsync();
        var run = await SendAsync("tawk");
        Assert.Equal(ExitCode.StartFailed, run.Code);
        Assert.StartsWith("No answer: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--forge", "everything")]
    [InlineData("--forge", "timestamp")]
    [InlineData("--count", "0")]
    [InlineData("--rate", "-1")]
    [InlineData("--body", "not-there.json")]
    public async Task BadInput_IsAUsageError(string option, string value) =>
        Assert.Equal(ExitCode.Usage, (await SendAsync("tawk", option, value)).Code);

    private Task<CommandRun> SendAsync(string provider, params string[] more) => CommandRun.OfAsync(
        ["send", new Uri(_proxy.Address, $"/webhooks/{provider}").ToString(), "--provider", provider, "--secret", ProxyFixture.Secret, .. more],
        "{\"id\":1}"u8.ToArray());
}
