using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WebhookVerification.Sources;

/// <summary>A name of a JSON object's member, as parsers take it that do not mind the case of letters.</summary>
internal static class MemberName
{
    /// <summary>No provider's names are longer, in bytes of UTF-8.</summary>
    public const int MaxLength = 128;

    /// <summary>"\u0061" spells one byte.</summary>
    private const int MaxEscape = 6;

    /// <summary>Whether the name that the reader stands at is <paramref name="name"/>, but for the case of letters.</summary>
    public static bool EqualsIgnoringCase(in Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > name.Length * MaxEscape)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[MaxLength * MaxEscape];
        ReadOnlySpan<byte> other = buffer[..reader.CopyString(buffer)];
        while (Rune.DecodeFromUtf8(other, out var left, out var leftLength) == OperationStatus.Done
            && Rune.DecodeFromUtf8(name, out var right, out var rightLength) == OperationStatus.Done
            && Fold(left) == Fold(right))
        {
            other = other[leftLength..];
            name = name[rightLength..];
        }

        return other.IsEmpty && name.IsEmpty;
    }

    /// <summary>Go's parser takes the long s and the Kelvin sign for the letters they are compatible with.</summary>
    private static Rune Fold(Rune rune) => rune.Value switch
    {
        'ſ' => new Rune('s'),
        '\u212a' => new Rune('k'),
        _ => Rune.ToLowerInvariant(rune),
    };
}
