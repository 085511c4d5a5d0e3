using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Telemetry;
using Proxy.Tests.EndToEnd;
using Proxy.Webhooks;

namespace Proxy.Tests.Operations;

/// <summary>What the log says, how often, and what it never says.</summary>
public sealed partial class LogTests
{
    [Fact]
    public void ReaderThatHangs_LosesLinesAndHoldsUpNobody()
    {
        var services = new ServiceCollection().AddLogging(static logging => logging.AddProxyLog(LogFormat.Text));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(ConsoleLoggerQueueFullMode.DropWrite, provider.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.QueueFullMode);
    }

    /// <summary>Operators filter by them.</summary>
    [Fact]
    public void EveryLine_HasAnEventIdOfItsOwn()
    {
        var ids = typeof(WebhookMiddleware).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>().ToList();

        Assert.NotEmpty(ids);
        Assert.Distinct(ids);
    }

    [Fact]
    public async Task JsonFormat_IsOneObjectALineWithTheFieldsOfARefusal()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, ["--log-format", "json"]);

        var answer = await proxy.SendAsync(RawRequest.Post("/webhooks/tawk", "{}"u8));
        await Deadline.Until(() => proxy.Output.Contains("signature_missing", StringComparison.Ordinal), "the refusal in the log");

        AssertDocumented(proxy.Output.Split('\n').Single(static line => line.Contains("signature_missing", StringComparison.Ordinal)));
        var lines = proxy.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        var fields = lines.Single(static line => line.GetProperty("EventId").GetInt32() == 1).GetProperty("State");
        Assert.Equal("tawk", fields.GetProperty("Route").GetString());
        Assert.Equal("signature_missing", fields.GetProperty("Reason").GetString());
        Assert.Equal(400, fields.GetProperty("Status").GetInt32());
        Assert.Equal("127.0.0.1", fields.GetProperty("Source").GetString());
        Assert.Contains(fields.GetProperty("TraceId").GetString()!, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SaysWhereItListens()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        Assert.Equal(
            $"Listening on http://{proxy.Address.Authority}; probes and metrics on {proxy.ManagementAddress}.",
            Assert.Single(proxy.Log.Lines, static line => line.Event.Id == 206).Text);
    }

    [Fact]
    public async Task ManyRefusalsAlike_AreThinnedOutAndCounted()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        for (var i = 0; i < LineAllowance.LinesPerPeriod + 5; i++)
        {
            await proxy.SendUnsignedAsync("/webhooks/tawk");
        }

        await proxy.SendForgedAsync("tawk");

        Assert.Equal(LineAllowance.LinesPerPeriod, Count(proxy, "signature_missing, answered"));
        Assert.Equal(1, Count(proxy, "signature_mismatch, answered"));
        Assert.Equal(5, (await proxy.ScrapeAsync()).Sum("webhook_log_suppressed_total"));

        proxy.Clock.Advance(LineAllowance.Period);
        await proxy.SendUnsignedAsync("/webhooks/tawk");
        Assert.Equal(1, Count(proxy, "Left out 5 lines like the next one, on route tawk: signature_missing"));
        Assert.Equal(LineAllowance.LinesPerPeriod + 1, Count(proxy, "signature_missing, answered"));
    }

    [Fact]
    public async Task EveryLevel_TellsNoSecretNoSignatureAndNoBody()
    {
        var body = "{\"private\":\"words of a customer\"}"u8.ToArray();
        await using var proxy = await OperationsTraffic.StartAsync();
        await proxy.SendOneOfEachAsync();
        await proxy.BreakConfigurationAsync();
        var genuine = ProviderSignature.Tawk(ProxyFixture.Secret, body);
        var forged = ProviderSignature.Tawk("another secret", body);
        foreach (var signature in new[] { genuine, genuine, forged })
        {
            await proxy.SendAsync(RawRequest.Post("/webhooks/tawk", body, signature));
        }

        var log = string.Join('\n', proxy.Log.Lines.Select(static line => line.Text));
        Assert.Contains("signature_mismatch", log, StringComparison.Ordinal);
        Assert.All(
            [ProxyFixture.Secret, OperationsTraffic.OldSecret, genuine.Value, forged.Value, "words of a customer"],
            never => Assert.DoesNotContain(never, log, StringComparison.Ordinal));
        // In a query, which the framework writes at levels that the proxy turns off.
        Assert.DoesNotContain(
            proxy.Log.Lines, line => line.Category.StartsWith("Proxy.", StringComparison.Ordinal) && line.Text.Contains(OperationsTraffic.VerifyToken, StringComparison.Ordinal));
    }

    /// <summary>Character by character, but for time and trace id.</summary>
    private static void AssertDocumented(string line)
    {
        var documented = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs/operations.md"))
            .Single(static text => text.StartsWith("{\"Timestamp\"", StringComparison.Ordinal));
        Assert.Equal(Changing().Replace(documented, "…"), Changing().Replace(line, "…"));
    }

    [GeneratedRegex("""[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z|[0-9a-f]{32}""")]
    private static partial Regex Changing();

    private static int Count(ProxyFixture proxy, string text) =>
        proxy.Log.Lines.Count(line => line.Text.Contains(text, StringComparison.Ordinal));
}
