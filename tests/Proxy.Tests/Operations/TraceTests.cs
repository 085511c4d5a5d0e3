using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Telemetry;

namespace Proxy.Tests.Operations;

/// <summary>Spans as a collector gets them.</summary>
public sealed class TraceTests
{
    /// <summary>Spans of all proxies in the process come here, so that those of one request have to be told apart.</summary>
    private const string TraceId = "5f1c0d2e9a7b4c3d8e6f70819a2b3c4d";

    [Fact]
    public async Task GenuineWebhook_HasASpanForEachStep()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var proxy = await StartAsync(collector);
        await using (proxy)
        {
            Assert.Equal(200, (await proxy.SendGenuineAsync("tawk")).Status);
        }

        var spans = Traces(collector);
        Assert.All(["POST", "verify", "claim", "forward", "webhook.outcome", "verified", "webhook.replay.result"], text => Assert.Contains(text, spans, StringComparison.Ordinal));
        var forwarded = Convert.FromHexString(Assert.Single(proxy.Consumer.Requests).Header("traceparent")!.Split('-')[1]);
        // Server, verify, claim, forward, and the client's own.
        Assert.Equal(5, Regex.Count(spans, Regex.Escape(Encoding.Latin1.GetString(forwarded))));
    }

    [Fact]
    public async Task Refusal_HasOneTraceIdInAnswerLogAndSpan()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var proxy = await StartAsync(collector);
        string traceId;
        await using (proxy)
        {
            using var problem = JsonDocument.Parse((await proxy.SendForgedAsync("tawk")).Text);
            traceId = problem.RootElement.GetProperty("traceId").GetString()!;
        }

        Assert.Contains(proxy.Log.Lines, line => line.Text.Contains($"signature_mismatch, answered 400; from 127.0.0.1, trace {traceId}", StringComparison.Ordinal));
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(traceId)), Traces(collector), StringComparison.Ordinal);
        Assert.Contains("signature_mismatch", Traces(collector), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandshakeAndUnverifiedRequest_SayHowTheyEndedToo()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var proxy = await StartAsync(collector);
        await using (proxy)
        {
            Assert.Equal(200, (await proxy.SendHandshakeAsync()).Status);
            Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post("/legacy", "{}"u8))).Status);
        }

        Assert.Matches(@"webhook\.outcome[\s\S]{0,10}handshake", Traces(collector));
        Assert.Matches(@"webhook\.outcome[\s\S]{0,10}unverified", Traces(collector));
    }

    [Theory]
    [InlineData("/webhooks/tawk", 400, 2)] // Server and verify.
    [InlineData("/webhooks/protocol", 200, 4)] // In report mode, forward and the client's own as well.
    public async Task FailedForItsHeaders_HasAVerifySpanToo(string target, int status, int count)
    {
        await using var collector = await OtlpCollector.StartAsync();
        var proxy = await StartAsync(collector);
        await using (proxy)
        {
            var trace = ("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            Assert.Equal(status, (await proxy.SendAsync(RawRequest.Post(target, "{}"u8, trace))).Status);
        }

        var spans = Traces(collector);
        var id = Regex.Escape(Encoding.Latin1.GetString(Convert.FromHexString(TraceId)));
        Assert.Equal(count, Regex.Count(spans, id));
        // As protobuf has it: the ids of span and parent, then the name's field, its length and text.
        Assert.Equal(1, Regex.Count(spans, id + @".{0,40}\*\x06verify.{0,200}signature_missing", RegexOptions.Singleline));
    }

    private static Task<ProxyFixture> StartAsync(OtlpCollector collector) => OperationsTraffic.StartAsync(settings:
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ]);

    private static string Traces(OtlpCollector collector) =>
        string.Concat(collector.Received.Where(static request => request.Path == "/v1/traces").Select(static request => request.Body));
}
