using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>How the catalogue's JSON spells the engine's enums. The one place where a spelling is tied to a meaning.</summary>
internal static class SchemeNames
{
    public static readonly IReadOnlyDictionary<string, SignatureAlgorithm> Algorithms = new Dictionary<string, SignatureAlgorithm>
    {
        ["hmac-sha1"] = SignatureAlgorithm.HmacSha1,
        ["hmac-sha256"] = SignatureAlgorithm.HmacSha256,
        ["hmac-sha384"] = SignatureAlgorithm.HmacSha384,
        ["hmac-sha512"] = SignatureAlgorithm.HmacSha512,
    };

    public static readonly IReadOnlyDictionary<string, SignatureEncoding> SignatureEncodings = new Dictionary<string, SignatureEncoding>
    {
        ["hex"] = SignatureEncoding.Hex,
        ["base64"] = SignatureEncoding.Base64,
        ["base64url"] = SignatureEncoding.Base64Url,
    };

    public static readonly IReadOnlyDictionary<string, SecretEncoding> SecretEncodings = new Dictionary<string, SecretEncoding>
    {
        ["utf8"] = SecretEncoding.Utf8,
        ["hex"] = SecretEncoding.Hex,
        ["base64"] = SecretEncoding.Base64,
    };

    public static readonly IReadOnlyDictionary<string, TimestampFormat> TimestampFormats = new Dictionary<string, TimestampFormat>
    {
        ["unix"] = TimestampFormat.Unix,
        ["unix-ms"] = TimestampFormat.UnixMs,
        ["rfc3339"] = TimestampFormat.Rfc3339,
        ["http-date"] = TimestampFormat.HttpDate,
    };

    /// <summary>Reads a member whose legal values are the keys of <paramref name="names"/>; null when absent or wrong.</summary>
    public static T? Named<T>(this Settings.SettingReader reader, string member, IReadOnlyDictionary<string, T> names)
        where T : struct =>
        reader.OneOf(member, [.. names.Keys]) is { } name ? names[name] : null;
}
