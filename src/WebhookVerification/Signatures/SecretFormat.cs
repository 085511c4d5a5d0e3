namespace WebhookVerification.Signatures;

/// <summary>How the operator's secret becomes key bytes.</summary>
internal enum SecretEncoding
{
    /// <summary>Its bytes as they are, even when they look like hex or base64 (PITFALLS: Stripe's "whsec_" is text).</summary>
    Utf8 = 0,

    /// <summary>Hexadecimal digits.</summary>
    Hex,

    /// <summary>RFC 4648 section 4, padding optional.</summary>
    Base64,
}

/// <summary>How the operator's secret becomes key bytes.</summary>
/// <param name="Encoding">Of what stands after the prefix.</param>
/// <param name="Prefix">Taken off before decoding when it is there, such as "whsec_".</param>
internal sealed record SecretFormat(SecretEncoding Encoding, string? Prefix)
{
    /// <summary>What a secret must look like, for error messages.</summary>
    public string Description => (Prefix is null ? "" : $"\"{Prefix}\" (optional) followed by ") + Encoding switch
    {
        SecretEncoding.Hex => "an even number of hexadecimal digits",
        SecretEncoding.Base64 => "base64",
        _ => "any text",
    };

    /// <summary>False when the secret is not of the form or decodes to nothing.</summary>
    public bool TryDecode(ReadOnlySpan<byte> secret, out byte[] key)
    {
        if (Prefix is not null && secret.StartsWith(System.Text.Encoding.UTF8.GetBytes(Prefix)))
        {
            secret = secret[Prefix.Length..];
        }

        if (Encoding == SecretEncoding.Utf8)
        {
            key = secret.ToArray();
            return key.Length > 0;
        }

        key = [];
        try
        {
            var text = System.Text.Encoding.ASCII.GetString(secret);
            key = Encoding == SecretEncoding.Hex
                ? Convert.FromHexString(text)
                : Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            // Said by the empty key: the framework's message would quote the secret's characters.
        }

        return key.Length > 0;
    }
}
