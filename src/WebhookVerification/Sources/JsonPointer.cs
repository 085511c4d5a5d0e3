using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WebhookVerification.Sources;

/// <summary>An RFC 6901 pointer. Finds a value in a body without building a document of it.</summary>
internal sealed class JsonPointer
{
    private const int MaxSegments = 16;

    private readonly Segment[] _segments;

    private JsonPointer(Segment[] segments) => _segments = segments;

    /// <summary>Null when the text is no pointer, points at the whole document, or is longer than any provider needs.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text is not ['/', ..] || text.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal))
        {
            return null;
        }

        var segments = text[1..].Split('/').Select(static segment =>
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            return new Segment(
                Encoding.UTF8.GetBytes(name),
                int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1);
        }).ToArray();
        return segments.Length <= MaxSegments && Array.TrueForAll(segments, static segment => segment.Name.Length <= MemberName.MaxLength) ? new JsonPointer(segments) : null;
    }

    /// <summary>
    /// Looks the value up. The objects on the way are read to their end, because of a name given twice, or also in
    /// other letter case, it depends on the parser which one counts.
    /// </summary>
    /// <param name="json">The document.</param>
    /// <param name="value">The bytes of the value, white space around it excluded.</param>
    /// <returns>Missing when the document is well formed and has no such value, malformed when it is not well formed.</returns>
    public VerificationOutcome Find(in ReadOnlySequence<byte> json, out ReadOnlySequence<byte> value)
    {
        value = default;
        try
        {
            var search = new Search(_segments, json);
            var reader = new Utf8JsonReader(json, JsonText.Strict);
            var isWellFormed = reader.Read() && search.Enter(ref reader, 0) && !reader.Read();
            value = search.Found;
            return !isWellFormed ? VerificationOutcome.SignatureMalformed
                : search.IsFound ? VerificationOutcome.Verified
                : VerificationOutcome.SignatureMissing;
        }
        catch (Exception notJson) when (JsonText.IsMalformed(notJson))
        {
            return VerificationOutcome.SignatureMalformed;
        }
    }

    private readonly record struct Segment(byte[] Name, int Index);

    private struct Search(Segment[] segments, in ReadOnlySequence<byte> json)
    {
        private readonly ReadOnlySequence<byte> _json = json;

        public bool IsFound { get; private set; }

        public ReadOnlySequence<byte> Found { get; private set; }

        /// <summary>Takes the value that the reader stands at, to its last token. False for a name given twice or in other letter case.</summary>
        public bool Enter(ref Utf8JsonReader reader, int depth)
        {
            if (depth == segments.Length)
            {
                var start = reader.TokenStartIndex;
                reader.Skip();
                IsFound = true;
                Found = _json.Slice(start, reader.BytesConsumed - start);
                return true;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    return EnterObject(ref reader, depth);
                case JsonTokenType.StartArray:
                    return EnterArray(ref reader, depth);
                default:
                    return true;
            }
        }

        private bool EnterObject(ref Utf8JsonReader reader, int depth)
        {
            var seen = false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var isNext = reader.ValueTextEquals(segments[depth].Name);
                if (!isNext && MemberName.EqualsIgnoringCase(reader, segments[depth].Name))
                {
                    return false;
                }

                reader.Read();
                if (!isNext)
                {
                    reader.Skip();
                }
                else if (seen || !Enter(ref reader, depth + 1))
                {
                    return false;
                }

                seen |= isNext;
            }

            return true;
        }

        private bool EnterArray(ref Utf8JsonReader reader, int depth)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if (index != segments[depth].Index)
                {
                    reader.Skip();
                }
                else if (!Enter(ref reader, depth + 1))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
