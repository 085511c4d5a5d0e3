using System.Text;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Commands.Send;
using Proxy.Tests.EndToEnd;
using WebhookVerification.Catalog;

namespace Proxy.Tests.Commands;

/// <summary>What is posted: a file, standard input, or else a sample.</summary>
public sealed class SendBodyTests : IAsyncLifetime
{
    private readonly RecordingConsumer _receiver = new();

    public static TheoryData<string, byte[], bool> Inputs => new()
    {
        { "tawk", [], false },
        { "tawk", [], true },
        { "stripe", [], false },
        { "linear", [], true },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    /// <summary>A terminal is not read: nobody would know that something has to be typed.</summary>
    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task NothingGiven_IsASampleAndSaidToBeOne(string provider, byte[] input, bool isTerminal)
    {
        var run = await SendAsync(provider, input, isTerminal);
        var sample = SampleBody.Of(Entry(provider));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(sample.Bytes.ToArray(), (await _receiver.WaitForRequestAsync()).Body);
        Assert.StartsWith($"The body is {sample.Origin}.\n200 ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_AreTheDocumentsOwnThenTheCataloguesThenTheLeast()
    {
        Assert.Equal(SampleWebhook.All.First(static sample => sample.Provider == "tawk").Body, SampleBody.Of(Entry("tawk")).Bytes);
        Assert.StartsWith("tawk.to's own example of chat:start", SampleBody.Of(Entry("tawk")).Origin, StringComparison.Ordinal);
        Assert.Equal(Entry("stripe").Sample, Encoding.UTF8.GetString(SampleBody.Of(Entry("stripe")).Bytes.Span));
        Assert.Equal("the catalogue's sample of Stripe", SampleBody.Of(Entry("stripe")).Origin);
        Assert.Equal("{}, because the catalogue has no sample of Linear", SampleBody.Of(Entry("linear")).Origin);
    }

    [Fact]
    public async Task StandardInput_IsSentByteForByte()
    {
        byte[] bytes = [0, 255, 13, 10, 26, 10];
        var run = await SendAsync("tawk", bytes);
        Assert.StartsWith("200 ", run.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, (await _receiver.WaitForRequestAsync()).Body);
    }

    [Fact]
    public async Task File_WinsOverStandardInputAndMayBeEmpty()
    {
        var file = Path.GetTempFileName();
        try
        {
            var run = await SendAsync("tawk", "not this"u8.ToArray(), isTerminal: false, "--body", file);
            Assert.StartsWith("200 ", run.Error, StringComparison.Ordinal);
            Assert.Empty((await _receiver.WaitForRequestAsync()).Body);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ProviderEntry Entry(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        return entry;
    }

    private Task<CommandRun> SendAsync(string provider, byte[] input, bool isTerminal = false, params string[] more) => CommandRun.OfAsync(
        ["send", _receiver.Address.ToString(), "--provider", provider, "--secret", ProxyFixture.Secret, .. more], input, isInputTerminal: isTerminal);
}
