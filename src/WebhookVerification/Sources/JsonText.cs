using System.Buffers;
using System.Text.Json;
using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary>Reads JSON that nobody has vouched for yet.</summary>
internal static class JsonText
{
    /// <summary>RFC 8259 without comments and trailing commas, 64 levels deep.</summary>
    public static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>What the reader throws for bytes that are not JSON, or for strings that are not UTF-8.</summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>
    /// Appends a string's characters, or a number, true or false as it is spelt. Null counts as absent; an object or array
    /// stands where no text can be.
    /// </summary>
    public static VerificationOutcome Write(in ReadOnlySequence<byte> value, ContentBuffer into)
    {
        try
        {
            var reader = new Utf8JsonReader(value, JsonText.Strict);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    into.Advance(reader.CopyString(into.Reserve(checked((int)value.Length))));
                    return VerificationOutcome.Verified;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    value.CopyTo(into.Reserve((int)value.Length));
                    into.Advance((int)value.Length);
                    return VerificationOutcome.Verified;
                case JsonTokenType.Null:
                    return VerificationOutcome.SignatureMissing;
                default:
                    return VerificationOutcome.SignatureMalformed;
            }
        }
        catch (Exception notUtf8) when (IsMalformed(notUtf8))
        {
            return VerificationOutcome.SignatureMalformed;
        }
    }
}
