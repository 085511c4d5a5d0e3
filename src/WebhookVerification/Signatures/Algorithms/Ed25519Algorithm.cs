using System.Buffers;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>RFC 8032, without prehash, by OpenSSL: the framework does not have it.</summary>
internal sealed class Ed25519Algorithm() : SignatureAlgorithm("ed25519", Ed25519.SignatureSize)
{
    public override string KeyDescription => "the 32 bytes of an Ed25519 public key, or its SubjectPublicKeyInfo; needs OpenSSL's libcrypto";

    public override VerificationKey? CreateKey(byte[] key, SecretPlace place) =>
        Ed25519.TryImport(key) is { } handle ? new Ed25519Key(handle) : null;

    private sealed class Ed25519Key(EvpKey key) : VerificationKey
    {
        public override bool Matches(in SignedContent content, SignatureSet signatures)
        {
            if (content.TryGetSpan(out var message))
            {
                return Matches(message, signatures);
            }

            // The algorithm reads the message twice, so it wants it whole.
            var length = checked((int)content.Length);
            var copy = ArrayPool<byte>.Shared.Rent(length);
            content.CopyTo(copy);
            var matches = Matches(copy.AsSpan(0, length), signatures);
            ArrayPool<byte>.Shared.Return(copy);
            return matches;
        }

        private bool Matches(ReadOnlySpan<byte> message, SignatureSet signatures)
        {
            for (var i = 0; i < signatures.Count; i++)
            {
                // The key is public: there is nothing to tell by time.
                if (Ed25519.Verify(key, message, signatures[i]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
