using Proxy.Commands.Demo;
using Proxy.Webhooks;

namespace Proxy.Tests.Commands.Demo;

public sealed class DemoScriptTests
{
    [Fact]
    public async Task NoProxyInBetween_IsFoundOut()
    {
        await using var consumer = await LegacyConsumer.StartAsync();
        using var straight = new HttpClient { BaseAddress = consumer.Address };
        var providers = SampleWebhook.All.Select(webhook => webhook.Provider).Distinct().ToList();
        var policies = providers.ToDictionary(provider => provider, provider => new WebhookPolicy
        {
            Name = provider,
            Provider = provider,
            Revision = "",
            Mode = PolicyMode.Enforce,
            MaxAge = provider == "smarterbot" ? TimeSpan.FromMinutes(5) : null,
        });
        var secrets = providers.ToDictionary(provider => provider, _ => "secret");

        var results = await new DemoScript(straight, consumer, policies, secrets, new ManualTimeProvider())
            .PlayAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(16, results.Count);
        Assert.All(results, result => Assert.Equal(result.Case == DemoCase.Genuine || result.Actual is null, result.IsAsExpected));
        Assert.Equal(3, results.Count(result => result.Actual is null));
    }
}
