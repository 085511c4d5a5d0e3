using Proxy.Tests.EndToEnd;
using Proxy.Tests.Operations;
using Proxy.Tests.Telemetry;

namespace Proxy.Tests.Security;

/// <summary>Where a provider sends its token in the query, a span that quotes the URL would give it away.</summary>
public sealed class SecretsInTracesTests
{
    private const string InQuery = "secret-that-is-sent-in-the-query";

    [Fact]
    public async Task TokenInTheQuery_IsInNoSpan()
    {
        var configuration = OperationsTraffic.Configuration.Replace(
            "\"Provider\": \"tawk\", \"Secrets\": { \"current\": \"env:CURRENT_SECRET\",",
            $"\"Scheme\": {{ \"algorithm\": \"token\", \"signature\": {{ \"in\": \"query:code\" }} }}, \"Secrets\": {{ \"current\": \"{InQuery}\",",
            StringComparison.Ordinal);
        await using var collector = await OtlpCollector.StartAsync();
        var proxy = await OperationsTraffic.StartAsync(
            configuration,
            settings: [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]);
        await using (proxy)
        {
            Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post($"/webhooks/tawk?code={InQuery}", "{}"u8))).Status);
            Assert.Equal(400, (await proxy.SendAsync(RawRequest.Post($"/webhooks/tawk?code={InQuery}x", "{}"u8))).Status);
        }

        var sent = string.Concat(collector.Received.Select(static request => request.Body));
        Assert.Contains("forward", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(InQuery, sent, StringComparison.Ordinal);
    }
}
