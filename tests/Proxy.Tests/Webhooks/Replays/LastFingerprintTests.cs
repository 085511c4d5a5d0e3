using Proxy.Webhooks.Replays;
using WebhookVerification.Replay;

namespace Proxy.Tests.Webhooks.Replays;

public sealed class LastFingerprintTests
{
    [Fact]
    public void RememberedOrNot_AFingerprintIsThatOfItsBytes()
    {
        var remembering = new LastFingerprint();
        byte[][] dispatches = ["a"u8.ToArray(), "a"u8.ToArray(), "b"u8.ToArray(), "ab"u8.ToArray(), "a"u8.ToArray(), []];

        Assert.All(dispatches, bytes => Assert.Equal(Fresh(bytes), remembering.Of(bytes)));
        Assert.Equal(4, dispatches.Select(Fresh).Distinct().Count());

        static RequestFingerprint Fresh(byte[] bytes) => new LastFingerprint().Of(bytes);
    }
}
