using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>How the catalogue's JSON spells the engine's enums. The one place where a spelling is tied to a meaning.</summary>
internal static class SchemeNames
{
    public static readonly IReadOnlyDictionary<string, SignatureEncoding> SignatureEncodings = new Dictionary<string, SignatureEncoding>
    {
        ["hex"] = SignatureEncoding.Hex,
        ["base64"] = SignatureEncoding.Base64,
        ["base64url"] = SignatureEncoding.Base64Url,
        ["base64-hex"] = SignatureEncoding.Base64Hex,
    };

    public static readonly IReadOnlyDictionary<string, SecretEncoding> SecretEncodings = new Dictionary<string, SecretEncoding>
    {
        ["utf8"] = SecretEncoding.Utf8,
        ["hex"] = SecretEncoding.Hex,
        ["base64"] = SecretEncoding.Base64,
        ["pem"] = SecretEncoding.Pem,
    };

    public static readonly IReadOnlyDictionary<string, TimestampFormat> TimestampFormats = new Dictionary<string, TimestampFormat>
    {
        ["unix"] = TimestampFormat.Unix,
        ["unix-ms"] = TimestampFormat.UnixMs,
        ["rfc3339"] = TimestampFormat.Rfc3339,
        ["rfc3339-utc"] = TimestampFormat.Rfc3339Utc,
        ["http-date"] = TimestampFormat.HttpDate,
    };
}
