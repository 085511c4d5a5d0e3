using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>A plain hash over a content that holds the secret, as some providers did before they knew of HMAC.</summary>
internal sealed class SecretHashAlgorithm(string name, HashKind hash) : SignatureAlgorithm(name, hash.Size)
{
    public override bool HashesSecret => true;

    public override VerificationKey CreateKey(byte[] key, SecretPlace place) => new SecretHashKey(hash, key, place);

    private sealed class SecretHashKey(HashKind hash, byte[] secret, SecretPlace place) : VerificationKey
    {
        public override bool Matches(in SignedContent content, SignatureSet signatures)
        {
            Span<byte> digest = stackalloc byte[HashKind.MaxSize];
            var state = hash.Rent();
            if (place == SecretPlace.First)
            {
                state.AppendData(secret);
            }

            content.AppendTo(state);
            if (place == SecretPlace.Last)
            {
                state.AppendData(secret);
            }

            // Behind a secret that stands first, anybody can go on with a hash that is known. What comes between the old content
            // and the new is the padding of the hash: 0x80 and NULs, which no text holds.
            return signatures.ContainsFixedTime(digest[..hash.Finish(state, digest)]) && (place != SecretPlace.First || content.IsText());
        }

        public override bool TrySign(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
        {
            written = CryptographicOperations.HashData(
                hash.Algorithm, place == SecretPlace.First ? [.. secret, .. text] : [.. text, .. secret], destination);
            return true;
        }
    }
}
