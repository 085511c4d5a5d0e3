using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>RFC 7617: the secret is "user:password".</summary>
internal sealed class BasicAlgorithm() : SignatureAlgorithm("basic", signatureLength: null)
{
    public override bool SignsContent => false;

    public override SignatureEncoding? FixedEncoding => SignatureEncoding.Base64;

    public override string KeyDescription => "user and password with a colon between them";

    public override VerificationKey? CreateKey(byte[] key, SecretPlace place) =>
        key.AsSpan().IndexOf((byte)':') >= 0 ? new TokenKey(key) : null;
}
