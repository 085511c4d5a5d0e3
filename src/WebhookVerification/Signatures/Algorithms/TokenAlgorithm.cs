using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>A shared token that the provider sends along as it is.</summary>
internal sealed class TokenAlgorithm() : SignatureAlgorithm("token", signatureLength: null)
{
    public override bool SignsContent => false;

    public override SignatureEncoding? FixedEncoding => SignatureEncoding.Text;

    public override VerificationKey CreateKey(byte[] key, SecretPlace place) => new TokenKey(key);
}
