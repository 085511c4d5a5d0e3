using System.Security.Cryptography;
using System.Text;

namespace WebhookVerification.Signatures;

/// <summary>How the operator's secret is written.</summary>
internal enum SecretEncoding
{
    /// <summary>Its bytes as they are, even when they look like hex or base64 (Stripe's "whsec_" is text).</summary>
    Utf8 = 0,

    /// <summary>Hexadecimal digits.</summary>
    Hex,

    /// <summary>RFC 4648 section 4, padding optional.</summary>
    Base64,

    /// <summary>A public key: PEM ("PUBLIC KEY"), or only the base64 between its lines.</summary>
    Pem,
}

/// <summary>How the operator's secret becomes key bytes: prefix off, decoded, suffix on, hashed.</summary>
internal sealed record SecretFormat
{
    private readonly byte[][] _prefixes = [];

    /// <summary>Of what stands after the prefix.</summary>
    public SecretEncoding Encoding { get; init; }

    /// <summary>Taken off before decoding when one of them is there, such as "whsec_".</summary>
    public IReadOnlyList<string> Prefixes
    {
        get => [.. _prefixes.Select(System.Text.Encoding.UTF8.GetString)];
        init => _prefixes = [.. value.Select(System.Text.Encoding.UTF8.GetBytes)];
    }

    /// <summary>Put behind the decoded bytes.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The key is this hash of the bytes; null when it is the bytes themselves.</summary>
    public HashKind? Derive { get; init; }

    /// <summary>Keys that the provider published for tests: whoever configures one lets everybody in.</summary>
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>What a secret must look like, for error messages.</summary>
    public string Description => string.Join(" or ", Prefixes.Select(static prefix => $"\"{prefix}\"")) + (_prefixes.Length > 0 ? " (optional) followed by " : "")
        + Encoding switch
        {
            SecretEncoding.Hex => "an even number of hexadecimal digits",
            SecretEncoding.Base64 => "base64",
            SecretEncoding.Pem => "a public key in PEM",
            _ => "any text",
        };

    /// <summary>False when the secret is not of the form or decodes to nothing.</summary>
    public bool TryDecode(ReadOnlySpan<byte> secret, out byte[] key)
    {
        foreach (var prefix in _prefixes)
        {
            if (secret.StartsWith(prefix))
            {
                secret = secret[prefix.Length..];
                break;
            }
        }

        key = Decode(secret);
        if (key.Length == 0)
        {
            return false;
        }

        key = [.. key, .. System.Text.Encoding.UTF8.GetBytes(Suffix)];
        key = Derive is null ? key : CryptographicOperations.HashData(Derive.Algorithm, key);
        return true;
    }

    private byte[] Decode(ReadOnlySpan<byte> secret)
    {
        if (Encoding == SecretEncoding.Utf8)
        {
            return secret.ToArray();
        }

        var text = System.Text.Encoding.ASCII.GetString(secret);
        try
        {
            return Encoding switch
            {
                SecretEncoding.Hex => Convert.FromHexString(text),
                SecretEncoding.Pem when PemEncoding.TryFind(text, out var pem) =>
                    text[pem.Label] == "PUBLIC KEY" ? Convert.FromBase64String(text[pem.Base64Data]) : [],
                _ => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')),
            };
        }
        catch (FormatException)
        {
            // Said by the empty key: the framework's message would quote the secret's characters.
            return [];
        }
    }
}
