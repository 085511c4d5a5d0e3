using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>How a signature comes from key and content. There is no "none".</summary>
/// <param name="name">As the catalogue's JSON spells it.</param>
/// <param name="signatureLength">In bytes; null where it varies.</param>
internal abstract class SignatureAlgorithm(string name, int? signatureLength)
{
    /// <summary>Every algorithm there is, by name. The one place where a name is tied to a meaning.</summary>
    public static readonly IReadOnlyDictionary<string, SignatureAlgorithm> ByName = new SignatureAlgorithm[]
    {
        new HmacAlgorithm("hmac-md5", HashKind.Md5),
        new HmacAlgorithm("hmac-sha1", HashKind.Sha1),
        new HmacAlgorithm("hmac-sha256", HashKind.Sha256),
        new HmacAlgorithm("hmac-sha384", HashKind.Sha384),
        new HmacAlgorithm("hmac-sha512", HashKind.Sha512),
        new SecretHashAlgorithm("sha1", HashKind.Sha1),
        new SecretHashAlgorithm("sha256", HashKind.Sha256),
        new Ed25519Algorithm(),
        new EcdsaAlgorithm(),
        new RsaAlgorithm(),
        new TokenAlgorithm(),
        new BasicAlgorithm(),
    }.ToDictionary(static algorithm => algorithm.Name);

    public string Name { get; } = name;

    public int? SignatureLength { get; } = signatureLength;

    /// <summary>False for tokens and Basic, which prove the sender and nothing of the message.</summary>
    public virtual bool SignsContent => true;

    /// <summary>Whether the content must say where the secret stands in it.</summary>
    public virtual bool HashesSecret => false;

    /// <summary>The encoding, where the algorithm leaves no choice.</summary>
    public virtual SignatureEncoding? FixedEncoding => null;

    /// <summary>What decoded key bytes must be, for error messages; empty where any will do.</summary>
    public virtual string KeyDescription => "";

    /// <summary>Null when the bytes are no key.</summary>
    /// <param name="key">The decoded secret.</param>
    /// <param name="place">Where the secret stands in the content.</param>
    public abstract VerificationKey? CreateKey(byte[] key, SecretPlace place);
}
