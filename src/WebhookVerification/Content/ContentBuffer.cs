using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace WebhookVerification.Content;

/// <summary>
/// The signed content around the body: everything before it, then everything after it, in one reusable array. The body
/// itself is never copied. Kept by <see cref="Evidence"/> from request to request, so that a verification allocates nothing.
/// </summary>
internal sealed class ContentBuffer
{
    private const int InitialSize = 512;

    private readonly byte[] _initial = new byte[InitialSize];
    private byte[] _bytes;
    private int _start;
    private int _length;
    private int _bodyAt = -1;

    public ContentBuffer() => _bytes = _initial;

    /// <summary>Whether the body is part of the content.</summary>
    public bool HasBody => _bodyAt >= 0;

    /// <summary>What stands before the body, or everything where the body is no part of it; of the current item only.</summary>
    public ReadOnlySpan<byte> Head => _bytes.AsSpan(_start, (HasBody ? _bodyAt : _length) - _start);

    public ReadOnlySpan<byte> Tail => HasBody ? _bytes.AsSpan(_bodyAt, _length - _bodyAt) : default;

    /// <summary>Every item.</summary>
    public ReadOnlySpan<byte> Written => Mutable;

    /// <summary>As <see cref="Written"/>, to be changed in place.</summary>
    public Span<byte> Mutable => _bytes.AsSpan(0, _length);

    /// <summary>How much has been written; a point to <see cref="Rewind"/> to.</summary>
    public int Length => _length;

    /// <summary>Forgets everything; an array that a large request needed goes back to the pool.</summary>
    public void Clear()
    {
        if (_bytes != _initial)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = _initial;
        }

        _start = 0;
        _length = 0;
        _bodyAt = -1;
    }

    /// <summary>Starts another item. The length of the one before keeps two from being one when all are taken together.</summary>
    public void BeginItem()
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), _length - _start);
        Advance(sizeof(int));
        _start = _length;
    }

    /// <summary>Forgets what was written after <paramref name="length"/>, in another attempt at the same content: the body too.</summary>
    public void Restart(int length)
    {
        _length = length;
        _bodyAt = -1;
    }

    /// <summary>Forgets what was written after <paramref name="length"/>, which is behind the body if it is there.</summary>
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
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, checked(_length + size)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            if (_bytes != _initial)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        return _bytes.AsSpan(_length, size);
    }

    public void Advance(int count) => _length += count;
}
