using System.Buffers;
using System.Text.Json;

namespace WebhookVerification.Sources;

/// <summary>The items of an array in a body, one after the other, as bytes.</summary>
internal ref struct JsonItems
{
    private readonly ReadOnlySequence<byte> _array;
    private Utf8JsonReader _reader;

    private JsonItems(scoped in ReadOnlySequence<byte> array)
    {
        _array = array;
        _reader = new Utf8JsonReader(array, JsonText.Strict);
        _reader.Read();
    }

    public ReadOnlySequence<byte> Current { get; private set; }

    /// <summary>Malformed when the document is no JSON or the value at the pointer no array.</summary>
    public static VerificationOutcome Open(in ReadOnlySequence<byte> json, JsonPointer pointer, out JsonItems items)
    {
        items = default;
        var outcome = pointer.Find(json, out var array);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        // The search has read the whole document: nothing in the array can be malformed any more.
        items = new JsonItems(array);
        return items._reader.TokenType == JsonTokenType.StartArray ? outcome : VerificationOutcome.SignatureMalformed;
    }

    public bool MoveNext()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        var start = _reader.TokenStartIndex;
        _reader.Skip();
        Current = _array.Slice(start, _reader.BytesConsumed - start);
        return true;
    }
}
