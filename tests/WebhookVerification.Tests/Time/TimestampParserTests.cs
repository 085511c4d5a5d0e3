using WebhookVerification.Time;

namespace WebhookVerification.Tests.Time;

public sealed class TimestampParserTests
{
    [Theory]
    [InlineData("Unix", "1700000000", "2023-11-14T22:13:20.0000000Z")]
    [InlineData("Unix", "0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("Unix", "253402300799", "9999-12-31T23:59:59.0000000Z")]
    [InlineData("UnixMs", "1700000000123", "2023-11-14T22:13:20.1230000Z")]
    [InlineData("UnixMs", "253402300799999", "9999-12-31T23:59:59.9990000Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.0000000Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20.123456789Z", "2023-11-14T22:13:20.1234567Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20+02:30", "2023-11-14T19:43:20.0000000Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20.5-07:00", "2023-11-15T05:13:20.5000000Z")]
    [InlineData("Rfc3339", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000Z")]
    [InlineData("HttpDate", "Tue, 14 Nov 2023 22:13:20 GMT", "2023-11-14T22:13:20.0000000Z")]
    public void LegalTime_IsRead(string format, string text, string expected)
    {
        Assert.True(TimestampParser.TryParse(text, Enum.Parse<TimestampFormat>(format), out var time));
        Assert.Equal(expected, time.UtcDateTime.ToString("o"));
    }

    [Theory]
    [InlineData("Unix", "")]
    [InlineData("Unix", "-1")]
    [InlineData("Unix", "+1700000000")]
    [InlineData("Unix", " 1700000000")]
    [InlineData("Unix", "1700000000.5")]
    [InlineData("Unix", "1e9")]
    [InlineData("Unix", "1,700,000,000")]
    [InlineData("Unix", "1700000000\0")]
    [InlineData("Unix", "١٧٠٠٠٠٠٠٠٠")]
    [InlineData("Unix", "253402300800")]
    [InlineData("Unix", "9223372036854775807")]
    [InlineData("Unix", "1234567890123456789012345678901234567890")]
    [InlineData("UnixMs", "253402300800000")]
    [InlineData("UnixMs", "9223372036854775807")]
    [InlineData("Rfc3339", "2023-11-14")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20")]
    [InlineData("Rfc3339", "2023-11-14 22:13:20Z")]
    [InlineData("Rfc3339", "2023-11-14t22:13:20z")]
    [InlineData("Rfc3339", "2023-02-29T00:00:00Z")]
    [InlineData("Rfc3339", "2023-13-01T00:00:00Z")]
    [InlineData("Rfc3339", "2023-11-14T24:00:00Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:60Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20.Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20.1234567890Z")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20.5")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20+0200")]
    [InlineData("Rfc3339", "2023-11-14T22:13:20+24:00")]
    [InlineData("Rfc3339", "0001-01-01T00:00:00+01:00")]
    [InlineData("Rfc3339", "9999-12-31T23:59:59-01:00")]
    [InlineData("Rfc3339", "0000-01-01T00:00:00Z")]
    [InlineData("HttpDate", "Wed, 14 Nov 2023 22:13:20 GMT")]
    [InlineData("HttpDate", "Tue, 14 Nov 2023 22:13:20 UTC")]
    [InlineData("HttpDate", "Tuesday, 14-Nov-23 22:13:20 GMT")]
    [InlineData("HttpDate", "1700000000")]
    public void TimeOfAnotherForm_IsRefused(string format, string text) =>
        Assert.False(TimestampParser.TryParse(text, Enum.Parse<TimestampFormat>(format), out _));
}
