using System.Runtime.CompilerServices;
using Proxy.Webhooks;

namespace Proxy.Commands.Demo;

/// <summary>Plays every case of every provider against a running proxy and looks at both of its ends.</summary>
/// <param name="provider">The proxy, as a provider reaches it.</param>
/// <param name="consumer">What stands behind it.</param>
/// <param name="policies">The policies in force, named like the providers.</param>
/// <param name="secrets">The keys of those policies.</param>
/// <param name="clock">Gives the signed times.</param>
internal sealed class DemoScript(
    HttpClient provider,
    LegacyConsumer consumer,
    IReadOnlyDictionary<string, WebhookPolicy> policies,
    IReadOnlyDictionary<string, string> secrets,
    TimeProvider clock)
{
    private static readonly TimeSpan TooOldBy = TimeSpan.FromMinutes(1);

    /// <summary>One result after the other, as it comes in.</summary>
    public async IAsyncEnumerable<DemoResult> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var webhook in SampleWebhook.All.DistinctBy(webhook => webhook.Provider))
        {
            var policy = policies[webhook.Provider];
            var secret = secrets[webhook.Provider];
            var genuine = DemoRequest.Sign(webhook, secret, clock.GetUtcNow());
            var refused = new DemoOutcome(policy.RejectStatus, ConsumerSight.Nothing);

            yield return await PlayAsync(DemoCase.Genuine, genuine, new(StatusCodes.Status200OK, ConsumerSight.Request));
            yield return await PlayAsync(DemoCase.Tampered, genuine.Tamper(), refused);
            yield return policy.MaxAge is { } maxAge
                ? await PlayAsync(DemoCase.Expired, DemoRequest.Sign(webhook, secret, clock.GetUtcNow() - maxAge - TooOldBy), refused)
                : new DemoResult(webhook, DemoCase.Expired, Expected: null, Actual: null);

            // Processed before, so the provider is told that all is well and the consumer is left alone.
            yield return await PlayAsync(DemoCase.Replayed, genuine, new(StatusCodes.Status200OK, ConsumerSight.Nothing));

            async Task<DemoResult> PlayAsync(DemoCase @case, DemoRequest request, DemoOutcome expected) =>
                new(webhook, @case, expected, await SendAsync(request, cancellationToken));
        }
    }

    private async Task<DemoOutcome> SendAsync(DemoRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage();
        using var answer = await provider.SendAsync(message, cancellationToken);
        var received = new List<ConsumedRequest>();
        while (consumer.Received.TryRead(out var one))
        {
            received.Add(one);
        }

        return new DemoOutcome((int)answer.StatusCode, received switch
        {
            [] => ConsumerSight.Nothing,
            [var only] when request.IsSameAs(only) => ConsumerSight.Request,
            _ => ConsumerSight.SomethingElse,
        });
    }
}
