using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>The status page in a real browser.</summary>
public sealed class StatusPageTests(Browser browser) : IClassFixture<Browser>
{
    private const int PhoneWidth = 390;

    [Fact]
    public async Task BusyProxy_IsShownInLightDarkAndOnAPhone()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await BusyMinutesAsync(proxy);

        await using (var light = await browser.OpenAsync(proxy.ManagementAddress))
        {
            await Browser.KeepAsync(light.Page, "status-light");
            Assert.Empty(light.Complaints);
            Assert.Equal([proxy.ManagementAddress.ToString()], light.Requests.Where(static url => !url.StartsWith("data:", StringComparison.Ordinal)));
        }

        await using (var dark = await browser.OpenAsync(proxy.ManagementAddress, ColorScheme.Dark))
        {
            await Browser.KeepAsync(dark.Page, "status-dark");
            Assert.NotEqual("rgb(255, 255, 255)", await dark.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        }

        await using var phone = await browser.OpenAsync(proxy.ManagementAddress, width: PhoneWidth, height: 844);
        await Browser.KeepAsync(phone.Page, "status-phone");
        Assert.Equal(PhoneWidth, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task ForgeryOldSecretStoppedUpstreamAndBrokenFile_AppearByThemselvesAndInTheMetrics()
    {
        var upstream = new RecordingConsumer();
        await using var proxy = await OperationsTraffic.StartAsync(
            settings: ("ReverseProxy__Clusters__gone__Destinations__two__Address", upstream.Address.ToString()));
        Assert.Equal(200, (await proxy.SendGenuineAsync("chatbase")).Status);
        await using var open = await browser.OpenAsync(proxy.ManagementAddress);
        var page = open.Page;
        await Assertions.Expect(page.Locator("#refusals")).ToContainTextAsync("None since the start.");

        await proxy.SendForgedAsync("tawk");
        await AppearsAsync(Row(page, "refusals", "tawk"), "signature_mismatch");
        await AppearsAsync(Row(page, "refusals", "tawk"), "127.0.0.1");
        await CountsAsync(proxy, 1, "webhook_requests_total", ("route", "tawk"), ("reason", "signature_mismatch"));

        await proxy.SendWithOldSecretAsync();
        await AppearsAsync(Row(page, "secrets", "previous"), "s ago");
        await CountsAsync(proxy, 1, "webhook_secret_matches_total", ("route", "tawk"), ("secret", "previous"));

        await upstream.DisposeAsync();
        await proxy.SendToNobodyAsync();
        await AppearsAsync(page.Locator("#notices"), "Failures of the upstream");
        await CountsAsync(proxy, 1, "webhook_upstream_responses_total", ("route", "chatbase"), ("code", "error"));

        await proxy.BreakConfigurationAsync();
        await AppearsAsync(page.Locator("#configuration"), "Did you mean 'Report'?");
        await CountsAsync(proxy, 1, "webhook_config_reloads_total", ("result", "rejected"));
        await CountsAsync(proxy, 0, "webhook_config_last_reload_successful");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task UpstreamThatFailsItsProbes_IsShownUnhealthyUntilItRecovers()
    {
        await using var proxy = await OperationsTraffic.StartAsync(settings:
        [
            ("ReverseProxy__Clusters__consumer__HealthCheck__Active__Enabled", "true"),
            ("ReverseProxy__Clusters__consumer__HealthCheck__Active__Interval", "00:00:10"),
            ("ReverseProxy__Clusters__consumer__Metadata__ConsecutiveFailuresHealthPolicy.Threshold", "1"),
        ]);
        await using var open = await browser.OpenAsync(proxy.ManagementAddress);
        var upstream = Row(open.Page, "upstreams", "consumer");

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(500);
        await AppearsAsync(upstream, "unhealthy", meanwhile: () => proxy.Clock.Advance(TimeSpan.FromSeconds(10)));
        await Assertions.Expect(open.Page.Locator("#notices")).ToContainTextAsync("of cluster consumer for unhealthy.");
        await Browser.KeepAsync(open.Page, "status-unhealthy");

        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200);
        await AppearsAsync(upstream, "healthy", not: "unhealthy", meanwhile: () => proxy.Clock.Advance(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task KeyboardAndScreenReader_FindTheirWay()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await proxy.SendOneOfEachAsync();
        await using var open = await browser.OpenAsync(proxy.ManagementAddress);
        var page = open.Page;

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(":focus")).ToHaveTextAsync("Skip to the routes");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause updates", Pressed = true })).ToBeFocusedAsync();
        var routes = page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^Routes") });
        await Assertions.Expect(routes.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["chatbase", "legacy", "meta", "protocol", "smarterbot", "tawk"]);
        await Assertions.Expect(routes.GetByRole(AriaRole.Img, new() { NameRegex = new Regex(": 3 verified, 2 refused") })).ToHaveCountAsync(1);
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task Paused_StaysAsItIsUntilResumed()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await using var open = await browser.OpenAsync(proxy.ManagementAddress);
        var page = open.Page;
        var button = page.GetByRole(AriaRole.Button);

        await button.ClickAsync();
        await proxy.SendForgedAsync("tawk");
        await page.Clock.RunForAsync(60_000);
        await Assertions.Expect(page.Locator("#refusals")).ToContainTextAsync("None since the start.");

        await button.ClickAsync();
        await AppearsAsync(Row(page, "refusals", "tawk"), "signature_mismatch");
    }

    [Fact]
    public async Task ProxyGone_PageSaysThatItIsOutOfDate()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await using var open = await browser.OpenAsync(proxy.ManagementAddress);

        await proxy.StopAsync();

        await AppearsAsync(open.Page.GetByRole(AriaRole.Status), "The proxy does not answer.");
    }

    [Fact]
    public async Task WithoutScripts_PageAsksForItsOwnRenewal()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await using var open = await browser.OpenAsync(proxy.ManagementAddress, script: false);

        await Assertions.Expect(open.Page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.Locator("#pause")).ToBeHiddenAsync();
    }

    /// <summary>Waits for words that the page finds out by itself. Its own clock is moved on; it looks every five seconds.</summary>
    private static Task AppearsAsync(ILocator where, string words, string? not = null, Action? meanwhile = null) => Deadline.Until(
        async () =>
        {
            meanwhile?.Invoke();
            await where.Page.Clock.RunForAsync(5000);
            var text = await where.CountAsync() > 0 ? await where.TextContentAsync() : "";
            return text!.Contains(words, StringComparison.Ordinal) && (not is null || !text.Contains(not, StringComparison.Ordinal));
        },
        $"\"{words}\" on the page");

    private static async Task CountsAsync(ProxyFixture proxy, double value, string name, params (string Name, string Value)[] labels) =>
        Assert.Equal(value, (await proxy.ScrapeAsync()).Sum(name, labels));

    private static ILocator Row(IPage page, string section, string text) =>
        page.Locator($"#{section} tbody tr", new() { HasText = text }).First;

    private static async Task BusyMinutesAsync(ProxyFixture proxy)
    {
        for (var minute = 0; minute < 12; minute++)
        {
            for (var i = 0; i < 4 + (minute * 7 % 5); i++)
            {
                await proxy.SendGenuineAsync("tawk");
            }

            await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromSeconds(20 * minute));
            if (minute is > 4 and < 8)
            {
                await proxy.SendForgedAsync("tawk");
                await proxy.SendForgedAsync("smarterbot");
                await proxy.SendUnsignedAsync("/legacy");
            }

            proxy.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await proxy.SendOneOfEachAsync();
        await proxy.BreakConfigurationAsync();
    }
}
