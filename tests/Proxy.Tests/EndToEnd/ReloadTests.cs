using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>The configuration changes while requests flow.</summary>
public sealed class ReloadTests
{
    private const string Target = "/webhooks/protocol";
    private const string Old = "the old secret, long enough";
    private const string New = "the new secret, long enough";

    [Fact]
    public async Task SecretRotatedWhileRequestsFlow_FailsNoRequestAndEndsTheOldOne()
    {
        await using var proxy = await ProxyFixture.StartAsync(With($"\"current\": \"{Old}\""));
        var secret = Old;
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(async sender =>
        {
            var failures = new List<int>();
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var response = await proxy.SendAsync(Signed(Volatile.Read(ref secret), $"{sender}.{i}"));
                if (response.Status != 200)
                {
                    failures.Add(response.Status);
                }
            }

            return failures;
        }).ToList();

        await ReloadAsync(proxy, With($"\"current\": \"{New}\", \"previous\": \"{Old}\""), () => AcceptedAsync(proxy, New));
        Volatile.Write(ref secret, New);
        var seen = proxy.Consumer.Requests.Count;
        await Deadline.Until(() => proxy.Consumer.Requests.Count > seen + 20, "requests under the new secret");
        await ReloadAsync(proxy, With($"\"current\": \"{New}\""), async () => !await AcceptedAsync(proxy, Old));
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(senders), Assert.Empty);
        Assert.True(await AcceptedAsync(proxy, New));
    }

    [Fact]
    public async Task BrokenFile_KeepsTheLastGoodOneAndSaysSo()
    {
        await using var proxy = await ProxyFixture.StartAsync(With($"\"current\": \"{Old}\""));
        await ReloadAsync(
            proxy,
            "{ \"Webhooks\": ",
            async () => (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", "rejected")) == 1);
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful"));
        Assert.True(await AcceptedAsync(proxy, Old));

        await ReloadAsync(
            proxy,
            With($"\"current\": \"{New}\""),
            async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 1);
        Assert.True(await AcceptedAsync(proxy, New));
    }

    [Fact]
    public async Task WhatWasWarnedOfAlready_IsNotSaidAgain()
    {
        const string Capacity = "\"Webhooks\": { \"Replay\": { \"Capacity\": 12345 },";
        await using var proxy = await ProxyFixture.StartAsync(With($"\"current\": \"{Old}\""));
        Assert.Equal(1, Lines(proxy, "current: A literal secret"));

        await ReloadAsync(proxy, With($"\"current\": \"{New}\""), () => AcceptedAsync(proxy, New));
        Assert.Equal(1, Lines(proxy, "current: A literal secret"));
        var changed = With($"\"current\": \"{New}\", \"previous\": \"{Old}\"").Replace("\"Webhooks\": {", Capacity, StringComparison.Ordinal);
        await ReloadAsync(proxy, changed, () => AcceptedAsync(proxy, Old));
        Assert.Equal(1, Lines(proxy, "current: A literal secret"));
        Assert.Equal(1, Lines(proxy, "previous: A literal secret"));
        Assert.Equal(1, Lines(proxy, "restart the proxy to apply: Webhooks:Replay:Capacity."));

        await ReloadAsync(proxy, changed.Replace($", \"previous\": \"{Old}\"", "", StringComparison.Ordinal), async () => !await AcceptedAsync(proxy, Old));
        Assert.Equal(1, Lines(proxy, "restart the proxy to apply: Webhooks:Replay:Capacity."));
        await ReloadAsync(proxy, changed, () => AcceptedAsync(proxy, Old));
        Assert.Equal(1, Lines(proxy, "current: A literal secret"));
        Assert.Equal(2, Lines(proxy, "previous: A literal secret"));
    }

    private static int Lines(ProxyFixture proxy, string text) => proxy.Log.Lines.Count(line => line.Text.Contains(text, StringComparison.Ordinal));

    private static string With(string secrets) => ProxyFixture.FourProviders.Replace(
        "\"Provider\": \"protocol\", \"Secrets\": { \"current\": \"env:PROTOCOL_WEBHOOK_SECRET\" }",
        $"\"Provider\": \"protocol\", \"Secrets\": {{ {secrets} }}, \"Replay\": {{ \"Mode\": \"Off\" }}",
        StringComparison.Ordinal);

    /// <summary>Edits the file and lets time pass until the edit shows.</summary>
    private static async Task ReloadAsync(ProxyFixture proxy, string configuration, Func<Task<bool>> shows)
    {
        proxy.Rewrite(configuration);
        await Deadline.Until(
            async () =>
            {
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                return await shows();
            },
            "the edited configuration to show");
    }

    private static async Task<bool> AcceptedAsync(ProxyFixture proxy, string secret) =>
        (await proxy.SendAsync(Signed(secret, "probe"))).Status == 200;

    private static byte[] Signed(string secret, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        return RawRequest.Post(Target, bytes, ProviderSignature.Protocol(secret, bytes));
    }
}
