using System.Text;

namespace WebhookVerification.Content;

/// <summary>
/// The signed content around the body: everything before it, then everything after it, in one reusable array. The body
/// itself is never copied. Kept by <see cref="Evidence"/> from request to request, so that a verification allocates nothing.
/// </summary>
internal sealed class ContentBuffer
{
    private const int InitialSize = 512;

    /// <summary>A buffer that one request blew up beyond this is not kept for the next.</summary>
    private const int MaxRetainedSize = 16 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _length;
    private int _bodyAt;

    /// <summary>Whether the body is part of the content.</summary>
    public bool HasBody => _bodyAt >= 0;

    public ReadOnlySpan<byte> Head => _bytes.AsSpan(0, HasBody ? _bodyAt : _length);

    public ReadOnlySpan<byte> Tail => HasBody ? _bytes.AsSpan(_bodyAt, _length - _bodyAt) : default;

    /// <summary>How much has been written; a point to <see cref="Rewind"/> to.</summary>
    public int Length => _length;

    public void Clear()
    {
        if (_bytes.Length > MaxRetainedSize)
        {
            _bytes = new byte[InitialSize];
        }

        _length = 0;
        _bodyAt = -1;
    }

    /// <summary>Forgets what was written after <paramref name="length"/>.</summary>
    public void Rewind(int length) => _length = length;

    /// <summary>The body stands here.</summary>
    public void MarkBody() => _bodyAt = _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Appends header text: a character is a byte.</summary>
    public void AppendLatin1(ReadOnlySpan<char> text) => _length += Encoding.Latin1.GetBytes(text, Reserve(text.Length));

    /// <summary>Room for <paramref name="size"/> more bytes; <see cref="Advance"/> tells how many were used.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        }

        return _bytes.AsSpan(_length, size);
    }

    public void Advance(int count) => _length += count;
}
