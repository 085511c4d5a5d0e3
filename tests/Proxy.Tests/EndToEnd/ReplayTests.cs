using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>A captured webhook works once; what failed may be sent again.</summary>
public sealed class ReplayTests
{
    private const string Route = "smarterbot";
    private const string Target = "/webhooks/smarterbot";

    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task Processed_IsAcknowledgedAndNotForwardedAgain()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Genuine(proxy);
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        var again = await proxy.SendAsync(request);
        Assert.Equal((200, "{\"status\":\"success\"}"), (again.Status, again.Text));
        await proxy.AssertCountedAsync(Route, "duplicate");
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task ProcessedWithOnDuplicateReject_IsAConflict()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["Webhooks__Policies__smarterbot__Replay__OnDuplicate"] = "Reject" });
        var request = Genuine(proxy);
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Refusals.AssertProblem(await proxy.SendAsync(request), 409);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData("target")]
    [InlineData("Content-Type")]
    [InlineData("Content-Encoding")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X_HTTP_Method")]
    public async Task ProcessedButWithOtherUnsignedParts_IsAltered(string part)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var signature = ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow());
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(Target, Body, signature))).Status);
        var altered = part == "target"
            ? RawRequest.Post(Target + "?event=other", Body, signature)
            : RawRequest.Post(Target, Body, signature, (part, "other"));
        Refusals.AssertProblem(await proxy.SendAsync(altered), 409);
        await proxy.AssertCountedAsync(Route, "duplicate_altered");
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task SecondWhileTheFirstIsInFlight_IsNotAcknowledged()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var answer = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var request = Genuine(proxy);
        var first = proxy.SendAsync(request);
        await proxy.Consumer.WaitForRequestAsync();

        var second = await proxy.SendAsync(request);
        Refusals.AssertProblem(second, 409);
        Assert.NotNull(second.Header("Retry-After"));
        answer.SetResult();
        Assert.Equal(200, (await first).Status);
        await proxy.AssertCountedAsync(Route, "duplicate_in_flight");
        Assert.Single(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task NotAcceptedByTheConsumer_MayBeSentAgain(int status)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var statuses = new Queue<int>([status, 200]);
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(statuses.Dequeue());
        var request = Genuine(proxy);
        Assert.Equal(status, (await proxy.SendAsync(request)).Status);
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task ConsumerThatBreaksOff_MayBeSentToAgain()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Silence(ConnectionEnd.Reset);
        var request = Genuine(proxy);
        Assert.Equal(502, (await proxy.SendAsync(request)).Status);
        Assert.Contains(proxy.Log.Lines, static line => line.ToString().Contains("The upstream of route smarterbot gave no whole answer", StringComparison.Ordinal));
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
    }

    [Fact]
    public async Task SignedTimeOver_IsTooOldNoMatterWhatIsRemembered()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Genuine(proxy);
        Assert.Equal(200, (await proxy.SendAsync(request)).Status);
        proxy.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Refusals.AssertProblem(await proxy.SendAsync(request), 400);
        await proxy.AssertCountedAsync(Route, "timestamp_too_old");
    }

    [Fact]
    public async Task SameWebhookOnAThousandConnections_ReachesTheConsumerOnce()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var request = Genuine(proxy);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => proxy.SendAsync(request)));
        Assert.All(answers, static answer => Assert.Contains(answer.Status, new[] { 200, 409 }));
        Assert.Single(proxy.Consumer.Requests);
    }

    private static byte[] Genuine(ProxyFixture proxy) =>
        RawRequest.Post(Target, Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));
}
