using System.Security.Cryptography;

namespace WebhookVerification.Signatures;

/// <summary>The decoded signatures of one request, in the order they stand there. Bounded; reused from request to request.</summary>
internal sealed class SignatureSet
{
    /// <summary>
    /// Signatures in one request. Providers send two while a secret rotates and a handful when a consumer keeps several
    /// secrets; each one more is a comparison that anybody may ask for.
    /// </summary>
    public const int MaxCount = 16;

    private readonly int[] _ends = new int[MaxCount];
    private byte[] _bytes = new byte[256];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    public void Clear() => Count = 0;

    /// <summary>Whether one of them is <paramref name="expected"/>. No early exit: which of several it is, is nothing to tell by time.</summary>
    public bool ContainsFixedTime(ReadOnlySpan<byte> expected)
    {
        var contains = false;
        for (var i = 0; i < Count; i++)
        {
            contains |= CryptographicOperations.FixedTimeEquals(expected, this[i]);
        }

        return contains;
    }

    /// <summary>Decodes one more. False when it is not of the encoding, not of the length, or one too many.</summary>
    /// <param name="text">The signature as it stands in the request.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="length">The decoded length in bytes; null where the algorithm allows several.</param>
    public bool TryAdd(ReadOnlySpan<char> text, SignatureEncoding encoding, int? length)
    {
        if (Count == MaxCount)
        {
            return false;
        }

        var start = Count == 0 ? 0 : _ends[Count - 1];
        var room = SignatureDecoder.MaxDecodedLength(encoding, text.Length);
        if (_bytes.Length - start < room)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + room));
        }

        if (!SignatureDecoder.TryDecode(encoding, text, _bytes.AsSpan(start), out var written)
            || written == 0 || (length is { } exact && written != exact))
        {
            return false;
        }

        _ends[Count++] = start + written;
        return true;
    }
}
