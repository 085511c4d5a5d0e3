using System.Text;

namespace WebhookVerification.Sources;

/// <summary>Texts read from one request where it does not hold them as strings. Reused from request to request.</summary>
internal sealed class TextArena
{
    private char[] _chars = [];
    private int _length;

    public void Clear() => _length = 0;

    /// <summary>Keeps a text, a character a byte, until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<char> AddLatin1(ReadOnlySpan<byte> bytes)
    {
        if (_chars.Length - _length < bytes.Length)
        {
            // Texts handed out so far keep the old array alive; nothing is copied.
            _chars = new char[Math.Max(1024, bytes.Length * 2)];
            _length = 0;
        }

        var text = _chars.AsMemory(_length, Encoding.Latin1.GetChars(bytes, _chars.AsSpan(_length)));
        _length += text.Length;
        return text;
    }
}
