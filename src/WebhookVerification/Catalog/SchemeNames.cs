using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>How the catalogue's JSON spells the engine's enums. The one place where a spelling is tied to a meaning.</summary>
/// <remarks>Lists, since the framework's dictionaries of enums are compiled anew at every start.</remarks>
internal static class SchemeNames
{
    public static readonly IReadOnlyList<Spelling<SignatureEncoding>> SignatureEncodings =
    [
        new("hex", SignatureEncoding.Hex),
        new("base64", SignatureEncoding.Base64),
        new("base64url", SignatureEncoding.Base64Url),
        new("base64-hex", SignatureEncoding.Base64Hex),
    ];

    public static readonly IReadOnlyList<Spelling<SecretEncoding>> SecretEncodings =
    [
        new("utf8", SecretEncoding.Utf8),
        new("hex", SecretEncoding.Hex),
        new("base64", SecretEncoding.Base64),
        new("pem", SecretEncoding.Pem),
    ];

    public static readonly IReadOnlyList<Spelling<TimestampFormat>> TimestampFormats =
    [
        new("unix", TimestampFormat.Unix),
        new("unix-ms", TimestampFormat.UnixMs),
        new("rfc3339", TimestampFormat.Rfc3339),
        new("rfc3339-utc", TimestampFormat.Rfc3339Utc),
        new("http-date", TimestampFormat.HttpDate),
    ];
}

/// <summary>A member of an enum.</summary>
/// <param name="Name">As the catalogue's JSON spells it.</param>
/// <param name="Meaning">The member.</param>
internal sealed record Spelling<T>(string Name, T Meaning)
    where T : struct, Enum;
