using WebhookVerification.Settings;
using WebhookVerification.Time;

namespace WebhookVerification.Catalog;

/// <summary>Reads the <c>timestamp</c> and <c>bodyTimestamp</c> of a scheme.</summary>
internal static class TimestampReader
{
    /// <param name="reader">Of the member; null when it is absent.</param>
    /// <param name="inBody">Whether the time stands in the body; elsewhere, its place may be the signature's list.</param>
    public static TimestampField? Read(SettingReader? reader, bool inBody)
    {
        if (reader is null)
        {
            return null;
        }

        if (inBody)
        {
            reader.Required("in");
        }

        var sources = reader.Sources("in");
        var format = reader.RequiredNamed("format", SchemeNames.TimestampFormats);
        reader.Done();
        if (Array.Exists(sources, source => source.InBody != inBody))
        {
            reader.Problems.Error(reader.Node.Members["in"], inBody
                ? "'bodyTimestamp' is a time in the signed body, such as json:/created_at; a time elsewhere is a 'timestamp'."
                : "A time in the body is a 'bodyTimestamp'; 'timestamp' stands outside of it, such as header:X-Timestamp.");
        }

        return new TimestampField(sources, format);
    }
}
