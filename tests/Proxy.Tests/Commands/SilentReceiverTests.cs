using System.Net.Sockets;
using System.Text;
using Proxy.Commands;
using Proxy.Commands.Requests;
using Proxy.Commands.Send;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Tests.Commands;

/// <summary>A receiver that takes connections and never answers. Only Ctrl+C ends <c>send</c> without a word.</summary>
public sealed class SilentReceiverTests : IDisposable
{
    private readonly Socket _receiver = LoopbackListener.Open();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(0.25) };

    [Fact]
    public async Task One_IsSaidToHaveNoAnswer()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(Stream.Null, TextWriter.Null, error, IsTerminal: false, new Dictionary<string, string>(), Environment.CurrentDirectory, TimeProvider.System);

        Assert.Equal(ExitCode.StartFailed, await Sender().SendOneAsync(Requests().Next(), io, CancellationToken.None));
        Assert.Equal("No answer within 0.25 s.\n", error.ToString());
    }

    [Fact]
    public async Task Many_AreCountedInTheSummary()
    {
        var summary = await Sender().SendManyAsync(Requests(), count: 2, concurrency: 2, rate: null, static () => { }, CancellationToken.None);

        using var text = new StringWriter();
        TableOutput.Write(text, isTerminal: false, summary.ToTable(TimeSpan.FromSeconds(1)));
        Assert.False(summary.IsAllSuccess);
        Assert.Matches(@"no answer within 0\.25 s\s+2\s", text.ToString());
    }

    [Fact]
    public async Task Interrupted_IsNoAnswerOfTheReceivers()
    {
        using var interrupt = new CancellationTokenSource();
        _client.Timeout = Timeout.InfiniteTimeSpan;
        var sending = Sender().SendManyAsync(Requests(), count: 2, concurrency: 2, rate: null, static () => { }, interrupt.Token);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Deadline.Within(sending, "the end"));
    }

    public void Dispose()
    {
        _client.Dispose();
        _receiver.Dispose();
    }

    private Sender Sender() => new(_client, TimeProvider.System);

    private RequestFactory Requests()
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet("tawk", out var entry));
        var inputs = new SigningInputs([new NamedSecret("secret", "s"u8.ToArray())], new Dictionary<string, string>());
        var webhooks = WebhookSigner.Create(entry.Scheme, inputs.ToOptions(publicUrl: null), SigningInputs.CommandLine, new ProblemList())!;
        var signer = new RequestSigner(entry, webhooks) { Method = "POST", Target = "/", Time = null, Id = null };
        return new RequestFactory(signer, WebhookUrl.Parse("URL", $"http://{_receiver.LocalEndPoint}/"), Encoding.UTF8.GetBytes("{}"), Forgery.None, TimeProvider.System);
    }
}
