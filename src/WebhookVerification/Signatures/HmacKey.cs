using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures;

/// <summary>
/// HMAC with one secret. The keyed hash states are kept and reset instead of made anew: the key's two hash blocks are then
/// computed once per state, not once per request.
/// </summary>
internal sealed class HmacKey : VerificationKey
{
    private const int LongestMac = 64;

    private readonly HashPool _pool;

    public HmacKey(HashAlgorithmName hash, byte[] key) => _pool = new HashPool(() => IncrementalHash.CreateHMAC(hash, key));

    public override bool Matches(in SignedContent content, SignatureSet signatures)
    {
        Span<byte> mac = stackalloc byte[LongestMac];
        var hash = _pool.Rent();
        content.AppendTo(hash);
        mac = mac[..hash.GetHashAndReset(mac)];
        _pool.Return(hash);

        var matches = false;
        for (var i = 0; i < signatures.Count; i++)
        {
            // No early exit: which of several signatures is ours is nothing to tell by time.
            matches |= CryptographicOperations.FixedTimeEquals(mac, signatures[i]);
        }

        return matches;
    }
}
