namespace WebhookVerification.Time;

/// <summary>How a signed time is written.</summary>
internal enum TimestampFormat
{
    /// <summary>Seconds since 1970-01-01T00:00:00Z, decimal digits only.</summary>
    Unix = 0,

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, decimal digits only.</summary>
    UnixMs,

    /// <summary>RFC 3339 with up to nine digits of a second's fraction and "Z" or a numeric offset.</summary>
    Rfc3339,

    /// <summary>As <see cref="Rfc3339"/>, but without offset; it means UTC.</summary>
    Rfc3339Utc,

    /// <summary>RFC 9110 IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".</summary>
    HttpDate,
}
