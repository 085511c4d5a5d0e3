using System.Net.Http.Json;
using System.Text.Json;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Where a request came from, when load balancers stand in front. The tests' own address plays the balancer.</summary>
public sealed class TrustedProxyTests
{
    private const string Route = "protocol";
    private const string Balancer = "127.0.0.1";
    private const string Sender = "203.0.113.7";

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task SenderThatADeclaredBalancerNames_IsTheOneThatMustBeAllowed()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted: Balancer, allowed: "203.0.113.0/24"));
        Assert.Equal(200, (await proxy.SendAsync(Genuine(Sender))).Status);
        Assert.Equal(403, (await proxy.SendAsync(Genuine("198.51.100.9"))).Status);
        // What the sender wrote itself stands further to the left, and counts for nothing.
        Assert.Equal(403, (await proxy.SendAsync(Genuine($"{Sender}, 198.51.100.9"))).Status);
        // No word of the balancer's: the balancer's own address, which is not allowed to send.
        Assert.Equal(403, (await proxy.SendAsync(Genuine("unknown"))).Status);
        Assert.Equal(403, (await proxy.SendAsync(RawRequest.Post("/webhooks/protocol", Body, Signature))).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task HeaderOfAnUndeclaredPeer_IsNotBelieved(string? trusted)
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted, allowed: Sender));
        await proxy.AssertRefusedAsync(Route, Genuine(Sender), 403, "source_not_allowed");
        Assert.Contains(proxy.Log.Lines, static line => line.Text.Contains($"from {Balancer},", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogAndStatusPage_NameTheSender()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted: Balancer, allowed: null));
        var forged = RawRequest.Post("/webhooks/protocol", Body, ("X-Protocol-Signature", new string('0', 64)), ("X-Forwarded-For", $"{Sender}:4711"));
        Assert.Equal(400, (await proxy.SendAsync(forged)).Status);

        Assert.Contains(proxy.Log.Lines, static line => line.Text.Contains($"from {Sender},", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = proxy.ManagementAddress };
        var status = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/status", UriKind.Relative));
        Assert.Equal(Sender, status.GetProperty("refusals")[0].GetProperty("source").GetString());
    }

    [Theory]
    [InlineData(Balancer, Sender)]
    [InlineData(null, Balancer)]
    public async Task AppBehind_GetsTheSenderWeBelieveIn(string? trusted, string forwardedFor)
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted, allowed: null));
        Assert.Equal(200, (await proxy.SendAsync(Genuine($"198.51.100.9, {Sender}"))).Status);
        Assert.Equal(forwardedFor, (await proxy.Consumer.WaitForRequestAsync()).Header("X-Forwarded-For"));
    }

    [Fact]
    public async Task HeaderThatARouteKeeps_PassesAsTheSameBytes()
    {
        var settings = Settings(trusted: Balancer, allowed: null);
        settings["ReverseProxy__Routes__protocol__Transforms__0__X-Forwarded"] = "Off";
        await using var proxy = await ProxyFixture.StartAsync(environment: settings);
        Assert.Equal(200, (await proxy.SendAsync(Genuine($"junk,{Sender} ,127.0.0.1"))).Status);
        Assert.Equal($"junk,{Sender} ,127.0.0.1", (await proxy.Consumer.WaitForRequestAsync()).Header("X-Forwarded-For"));
    }

    [Fact]
    public async Task OneConnectionOfABalancer_CarriesManySenders()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted: Balancer, allowed: Sender));
        using var connection = await proxy.ConnectAsync();
        foreach (var (sender, status) in new[] { (Sender, 200), ("198.51.100.9", 403), (Sender, 200), ("", 403) })
        {
            await connection.SendAsync(Genuine(sender));
            Assert.Equal(status, (await connection.ReadResponseAsync()).Status);
        }
    }

    [Fact]
    public async Task EditOfTheDeclaredBalancers_AppliesWithoutARestart()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Settings(trusted: null, allowed: Sender));
        Assert.Equal(403, (await proxy.SendAsync(Genuine(Sender))).Status);
        proxy.Rewrite(ProxyFixture.FourProviders.Replace(
            "\"Webhooks\": {", $"\"Webhooks\": {{ \"TrustedProxies\": [ \"{Balancer}\" ],", StringComparison.Ordinal));
        await Deadline.Until(
            async () =>
            {
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await proxy.SendAsync(Genuine(Sender))).Status == 200;
            },
            "the balancer to be believed");
    }

    private static (string Name, string Value) Signature => ("X-Protocol-Signature", ProviderSignature.Protocol(ProxyFixture.Secret, Body).Value);

    private static byte[] Genuine(string forwardedFor) => RawRequest.Post("/webhooks/protocol", Body, Signature, ("X-Forwarded-For", forwardedFor));

    private static Dictionary<string, string> Settings(string? trusted, string? allowed)
    {
        var settings = new Dictionary<string, string> { ["Webhooks__Policies__protocol__Replay__Mode"] = "Off" };
        if (trusted is not null)
        {
            settings["Webhooks__TrustedProxies__0"] = trusted;
        }

        if (allowed is not null)
        {
            settings["Webhooks__Policies__protocol__AllowedSources__0"] = allowed;
        }

        return settings;
    }
}
