using System.Security.Cryptography;
using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>
/// The last fingerprint of a route: a provider's requests seldom differ in what an upstream dispatches on, and comparing is
/// cheaper than a digest. Safe for concurrent use.
/// </summary>
internal sealed class LastFingerprint
{
    private Entry? _last;

    /// <summary>The fingerprint of what a request is dispatched on.</summary>
    public RequestFingerprint Of(ReadOnlySpan<byte> dispatch)
    {
        if (_last is { } last && dispatch.SequenceEqual(last.Dispatch))
        {
            return last.Fingerprint;
        }

        var fingerprint = Compute(dispatch);
        _last = new Entry(dispatch.ToArray(), fingerprint);
        return fingerprint;
    }

    /// <summary>The fingerprint of what no other request is likely to repeat: nothing is remembered.</summary>
    public static RequestFingerprint Compute(ReadOnlySpan<byte> dispatch)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(dispatch, digest);
        return RequestFingerprint.FromDigest(digest);
    }

    private sealed record Entry(byte[] Dispatch, RequestFingerprint Fingerprint);
}
