using System.Buffers;
using System.Security.Cryptography;

namespace WebhookVerification.Content;

/// <summary>The exact bytes a signature covers: what stands before the body, the body, what stands after it.</summary>
internal readonly ref struct SignedContent
{
    private readonly ReadOnlySequence<byte> _body;

    public SignedContent(ContentBuffer around, scoped in ReadOnlySequence<byte> body)
        : this(around.Head, around.HasBody ? body : default, around.Tail)
    {
    }

    private SignedContent(ReadOnlySpan<byte> head, scoped in ReadOnlySequence<byte> body, ReadOnlySpan<byte> tail)
    {
        Head = head;
        _body = body;
        Tail = tail;
    }

    public ReadOnlySpan<byte> Head { get; }

    public ReadOnlySequence<byte> Body => _body;

    public ReadOnlySpan<byte> Tail { get; }

    public long Length => Head.Length + _body.Length + Tail.Length;

    /// <summary>What all signatures of a request cover together.</summary>
    public static SignedContent OfAllItems(ContentBuffer around, scoped in ReadOnlySequence<byte> body) =>
        around.HasBody ? new SignedContent(around, body) : new SignedContent(around.Written, default, default);

    public void AppendTo(IncrementalHash hash)
    {
        if (!Head.IsEmpty)
        {
            hash.AppendData(Head);
        }

        if (_body.IsSingleSegment)
        {
            hash.AppendData(_body.FirstSpan);
        }
        else
        {
            foreach (var segment in _body)
            {
                hash.AppendData(segment.Span);
            }
        }

        if (!Tail.IsEmpty)
        {
            hash.AppendData(Tail);
        }
    }

    /// <summary>Whether the content is UTF-8 without a NUL.</summary>
    public bool IsText()
    {
        var check = new TextCheck();
        if (!check.Accepts(Head))
        {
            return false;
        }

        foreach (var segment in _body)
        {
            if (!check.Accepts(segment.Span))
            {
                return false;
            }
        }

        return check.Accepts(Tail) && check.IsComplete;
    }

    /// <summary>The content where it lies, when it lies in one piece.</summary>
    public bool TryGetSpan(out ReadOnlySpan<byte> content)
    {
        content = _body.IsEmpty ? Head : _body.FirstSpan;
        return content.Length == Length;
    }

    /// <summary>Copies the content to <paramref name="destination"/>, which holds <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Head.CopyTo(destination);
        _body.CopyTo(destination[Head.Length..]);
        Tail.CopyTo(destination[(Head.Length + (int)_body.Length)..]);
    }
}
