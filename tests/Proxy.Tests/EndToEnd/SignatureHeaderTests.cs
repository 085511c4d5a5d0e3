using System.Globalization;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Signature and timestamp headers that no provider sends, over a real socket.</summary>
public sealed class SignatureHeaderTests
{
    private const string Route = "smarterbot";
    private const string Target = "/webhooks/smarterbot";
    private const string Header = "X-Webhook-Signature";

    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task NoSignature_IsRefusedAsMissing()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body), 400, "signature_missing");
    }

    [Fact]
    public async Task SignatureTwice_IsRefusedAsMalformedEvenWhenEqual()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var genuine = Genuine(proxy);
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, genuine, genuine), 400, "signature_malformed");
    }

    [Theory]
    [InlineData("X_Webhook_Signature")]
    [InlineData("x-webhook_signature")]
    [InlineData("X.Webhook.Signature")]
    public async Task SignatureUnderANameThatCgiTakesForTheSame_IsRefusedAsMalformed(string alike)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var genuine = Genuine(proxy);
        await proxy.SendAsync(RawRequest.Post(Target, Body, genuine, (alike, "t=1,v1=00")));
        await proxy.SendAsync(RawRequest.Post(Target, Body, (alike, genuine.Value), genuine));
        await proxy.AssertCountedAsync(Route, "signature_malformed", 2);
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, (alike, genuine.Value)), 400, "signature_missing");
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(Target, Body, genuine, ("X_Other", "1")))).Status);
    }

    [Fact]
    public async Task ConflictingSignatures_AreRefusedWhicheverComesFirst()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var genuine = Genuine(proxy);
        await proxy.SendAsync(RawRequest.Post(Target, Body, genuine, (Header, "t=1,v1=00")));
        await proxy.SendAsync(RawRequest.Post(Target, Body, (Header, "t=1,v1=00"), genuine));
        await proxy.AssertCountedAsync(Route, "signature_malformed", 2);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData("", "signature_missing")]
    [InlineData("t={now}", "signature_missing")]
    [InlineData("t={now},v0={mac}", "signature_missing")]
    [InlineData("t={now},v1=", "signature_malformed")]
    [InlineData("t={now},v1={mac}0", "signature_malformed")]
    [InlineData("t={now},v1={mac}00", "signature_malformed")]
    [InlineData("t={now},v1=zz{mac}", "signature_malformed")]
    [InlineData("t={now},v1=abcd", "signature_malformed")]
    [InlineData("{mac}", "signature_malformed")]
    [InlineData("t={now};v1={mac}", "signature_missing")]
    [InlineData("v1={mac}", "timestamp_missing")]
    [InlineData("t=,v1={mac}", "timestamp_missing")]
    [InlineData("t=-1,v1={mac}", "timestamp_malformed")]
    [InlineData("t={now}.5,v1={mac}", "timestamp_malformed")]
    [InlineData("t=+{now},v1={mac}", "timestamp_malformed")]
    [InlineData("t=1111111111222222222233333333334444444444,v1={mac}", "timestamp_malformed")]
    [InlineData("t=2026-01-01T00:00:00Z,v1={mac}", "timestamp_malformed")]
    [InlineData("t={now},t=1,v1={mac}", "signature_malformed")]
    [InlineData("t=1,t={now},v1={mac}", "signature_malformed")]
    public async Task Malformed_IsRefusedWithItsReason(string header, string reason)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var (_, genuine) = Genuine(proxy);
        var mac = genuine[(genuine.IndexOf("v1=", StringComparison.Ordinal) + 3)..];
        var now = proxy.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var value = header.Replace("{now}", now, StringComparison.Ordinal).Replace("{mac}", mac, StringComparison.Ordinal);

        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, (Header, value)), 400, reason);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task ManySignatures_AreRefusedAsMalformed(int count)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var (_, genuine) = Genuine(proxy);
        var padding = string.Concat(Enumerable.Repeat(",v1=00", count));
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, (Header, genuine + padding)), 400, "signature_malformed");
    }

    [Fact]
    public async Task LongerThanAnyGenuineHeader_IsRefusedAsMalformed()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var (_, genuine) = Genuine(proxy);
        await proxy.AssertRefusedAsync(
            Route, RawRequest.Post(Target, Body, (Header, genuine + ",x=" + new string('a', 4096))), 400, "signature_malformed");
    }

    [Fact]
    public async Task LongerThanTheServerReads_Is431()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        Assert.Equal(431, (await proxy.SendAsync(RawRequest.Post(Target, Body, (Header, new string('a', 40_000))))).Status);
        Assert.Empty(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData(-3600, "timestamp_too_old")]
    [InlineData(-301, "timestamp_too_old")]
    [InlineData(61, "timestamp_in_future")]
    [InlineData(3600, "timestamp_in_future")]
    public async Task GenuineButOutsideTheWindow_IsRefused(int seconds, string reason)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var signature = ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow().AddSeconds(seconds));
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, Body, signature), 400, reason);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(60)]
    public async Task GenuineAtTheEdgeOfTheWindow_Passes(int seconds)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var signature = ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow().AddSeconds(seconds));
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(Target, Body, signature))).Status);
    }

    [Fact]
    public async Task WrongSecretWrongBodyAndNoSignature_GetTheSameAnswerButForItsTraceId()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var answers = new[]
        {
            await proxy.SendAsync(RawRequest.Post(Target, Body)),
            await proxy.SendAsync(RawRequest.Post(Target, "other"u8, Genuine(proxy))),
            await proxy.SendAsync(RawRequest.Post(
                Target, Body, ProviderSignature.Smarterbot("another secret, not ours", Body, proxy.Clock.GetUtcNow()))),
            await proxy.SendAsync(RawRequest.Post(Target, Body, (Header, "nonsense"))),
        };

        var texts = answers.Select(static answer => (answer.Head.StartLine, answer.Text[..^35], answer.Header("Connection")));
        Assert.Single(texts.Distinct());
        Assert.Equal(answers.Length, answers.Select(static answer => answer.Text).Distinct().Count());
    }

    private static (string Name, string Value) Genuine(ProxyFixture proxy) =>
        ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow());
}
