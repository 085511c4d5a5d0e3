using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>RFC 2104.</summary>
internal sealed class HmacAlgorithm(string name, HashKind hash) : SignatureAlgorithm(name, hash.Size)
{
    public override VerificationKey CreateKey(byte[] key, SecretPlace place) => new HmacKey(hash.Algorithm, key);

    /// <summary>
    /// The keyed hash states are kept and reset instead of made anew: the key's two hash blocks are then computed once per
    /// state, not once per request.
    /// </summary>
    private sealed class HmacKey(HashAlgorithmName hash, byte[] key) : VerificationKey
    {
        private readonly StatePool<IncrementalHash> _states = new(() => IncrementalHash.CreateHMAC(hash, key));

        public override bool Matches(in SignedContent content, SignatureSet signatures)
        {
            Span<byte> mac = stackalloc byte[HashKind.MaxSize];
            var state = _states.Rent();
            content.AppendTo(state);
            mac = mac[..state.GetHashAndReset(mac)];
            _states.Return(state);
            return signatures.ContainsFixedTime(mac);
        }

        public override bool TrySign(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
        {
            var state = _states.Rent();
            state.AppendData(text);
            written = state.GetHashAndReset(destination);
            _states.Return(state);
            return true;
        }
    }
}
