using System.Text.Json;
using Proxy.Commands;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.Commands.Explain;

/// <summary>Schemes that sign the items of a body one by one: the content of each is shown.</summary>
public sealed class SignedItemsTests : IDisposable
{
    private const string Key = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";

    private readonly ConfigurationDirectory _directory = new();

    [Fact]
    public async Task EachItem_IsShownWithItsContent()
    {
        var run = await ExplainAsync(["first", "second"]);
        Assert.Equal((ExitCode.NotVerified, ""), (run.Code, run.Error));
        Assert.Contains("content 1/2   [{json:", run.Output, StringComparison.Ordinal);
        Assert.Contains("  first       first::shop:order:1000:EUR:AUTHORISATION:true\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("content 2/2   [{json:", run.Output, StringComparison.Ordinal);
        Assert.Contains("  first       second::shop:order:1000:EUR:AUTHORISATION:true\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("expected", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectedSignatures_AreOneForEachItem()
    {
        var run = await ExplainAsync(["first", "second"], "--show-expected");
        Assert.Equal(2, run.Output.Split('\n').Count(static line => line.StartsWith("expected ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Json_HoldsAContentForEachItem()
    {
        using var json = JsonDocument.Parse((await ExplainAsync(["first", "second"], "--json")).Output);
        Assert.Equal(
            ["first::shop:order:1000:EUR:AUTHORISATION:true", "second::shop:order:1000:EUR:AUTHORISATION:true"],
            json.RootElement.GetProperty("contents").EnumerateArray().Select(static content => content.GetProperty("first").GetString()));
    }

    [Fact]
    public async Task ManyItems_AreNotAllShown()
    {
        var run = await ExplainAsync([.. Enumerable.Range(1, 50).Select(static number => $"item{number}")]);
        Assert.Contains("content 10/50 ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("content 11/50 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("40 more", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private Task<CommandRun> ExplainAsync(string[] references, params string[] more)
    {
        var items = references.Select(static reference => $$"""
            { "NotificationRequestItem": { "additionalData": { "hmacSignature": "ipnxGCaUZ4l8TUW75a71/ghd2Fe5ffvX0pV4TLTntIc=" },
              "amount": { "currency": "EUR", "value": 1000 }, "eventCode": "AUTHORISATION", "merchantAccountCode": "shop",
              "merchantReference": "order", "pspReference": "{{reference}}", "success": "true" } }
            """);
        _directory.Write("request", $"POST / HTTP/1.1\nHost: example.com\n\n{{ \"notificationItems\": [{string.Join(",", items)}] }}");
        return CommandRun.OfAsync(
            ["explain", "--provider", "adyen-standard", "--secret", Key, "--request", "request", .. more], directory: _directory.Root);
    }
}
