using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace WebhookVerification.Content;

/// <summary>Whether bytes that come in pieces are text: UTF-8 without a NUL. A character may be cut between pieces.</summary>
internal ref struct TextCheck
{
    private CutCharacter _cut;
    private int _cutLength;

    /// <summary>Whether no character is cut where the pieces end.</summary>
    public readonly bool IsComplete => _cutLength == 0;

    /// <summary>False when the bytes up to here are no text, whatever follows.</summary>
    public bool Accepts(ReadOnlySpan<byte> piece)
    {
        if (piece.Contains((byte)0) || !CompletesCut(ref piece))
        {
            return false;
        }

        if (Rune.DecodeLastFromUtf8(piece, out _, out var cut) == OperationStatus.NeedMoreData && cut > 0)
        {
            piece[^cut..].CopyTo(_cut);
            _cutLength = cut;
            piece = piece[..^cut];
        }

        return Utf8.IsValid(piece);
    }

    /// <summary>Takes from the piece what the character lacks that the piece before it began.</summary>
    private bool CompletesCut(ref ReadOnlySpan<byte> piece)
    {
        if (_cutLength == 0)
        {
            return true;
        }

        Span<byte> character = _cut;
        var added = Math.Min(character.Length - _cutLength, piece.Length);
        piece[..added].CopyTo(character[_cutLength..]);
        switch (Rune.DecodeFromUtf8(character[..(_cutLength + added)], out _, out var length))
        {
            case OperationStatus.Done:
                piece = piece[(length - _cutLength)..];
                _cutLength = 0;
                return true;
            case OperationStatus.NeedMoreData:
                piece = default;
                _cutLength += added;
                return true;
            default:
                return false;
        }
    }

    /// <summary>As long as the longest character.</summary>
    [InlineArray(4)]
    private struct CutCharacter
    {
        private byte _first;
    }
}
