using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Who may send at all, and how many at once.</summary>
public sealed class AdmissionTests
{
    private const string Route = "protocol";
    private const string Target = "/webhooks/protocol";

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task SourceOutsideTheAllowedNetworks_IsForbiddenHoweverGenuine()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Allow("10.0.0.0/8"));
        await proxy.AssertRefusedAsync(Route, Genuine(), 403, "source_not_allowed");
    }

    [Fact]
    public async Task SourceWithinAnAllowedNetwork_Passes()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Allow("127.0.0.0/8"));
        Assert.Equal(200, (await proxy.SendAsync(Genuine())).Status);
    }

    [Fact]
    public async Task OneMoreThanMaxConcurrent_IsToldToComeBack()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__protocol__MaxConcurrent"] = "1" });
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var first = proxy.SendAsync(Genuine());
        await proxy.Consumer.WaitForRequestAsync();

        var second = await proxy.SendAsync(Genuine());
        Refusals.AssertProblem(second, 503);
        Assert.NotNull(second.Header("Retry-After"));
        answer.SetResult();
        Assert.Equal(200, (await first).Status);
        await proxy.AssertCountedAsync(Route, "overloaded");

        // The place is free again.
        await Deadline.Until(async () => (await proxy.SendAsync(Genuine())).Status == 200, "the next request to pass");
    }

    [Fact]
    public async Task ForgersThatAreSlow_TakeNoPlace()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__protocol__MaxConcurrent"] = "1" });
        using var slow = await proxy.ConnectAsync();
        await slow.SendAsync(RawRequest.Head("POST", Target, ("X-Protocol-Signature", new string('0', 64)), ("Content-Length", "100")));
        await slow.SendAsync("x");
        await Deadline.Until(async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 1, "the forger to be waited for");

        Assert.Equal(200, (await proxy.SendAsync(Genuine())).Status);
    }

    private static byte[] Genuine() => RawRequest.Post(Target, Body, ProviderSignature.Protocol(ProxyFixture.Secret, Body));

    private static Dictionary<string, string> Allow(string network) =>
        new() { ["Webhooks__Policies__protocol__AllowedSources__0"] = network };
}
