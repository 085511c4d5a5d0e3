using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Proxy.Telemetry.Prometheus;

/// <summary>UTF-8 text that grows in a pooled array. Not safe for concurrent use.</summary>
internal sealed class ExpositionBuffer(int expectedSize) : IDisposable
{
    private static readonly SearchValues<char> InLabel = SearchValues.Create("\\\"\n");
    private static readonly SearchValues<char> InHelp = SearchValues.Create("\\\n");

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(expectedSize);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Append(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Append(long value)
    {
        _ = Utf8Formatter.TryFormat(value, Reserve(PrometheusNumber.MaxLength), out var length);
        Length += length;
    }

    public void Append(double value) => Length += PrometheusNumber.Write(value, Reserve(PrometheusNumber.MaxLength));

    /// <summary>Appends what stands between a label's quotation marks.</summary>
    public void AppendLabelValue(ReadOnlySpan<char> text) => AppendEscaped(text, InLabel);

    /// <summary>Appends what stands on a HELP line.</summary>
    public void AppendHelp(ReadOnlySpan<char> text) => AppendEscaped(text, InHelp);

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            Length = 0;
        }
    }

    private void AppendEscaped(ReadOnlySpan<char> text, SearchValues<char> special)
    {
        for (int next; (next = text.IndexOfAny(special)) >= 0; text = text[(next + 1)..])
        {
            Append(text[..next]);
            Append((byte)'\\');
            Append(text[next] == '\n' ? (byte)'n' : (byte)text[next]);
        }

        Append(text);
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
            Written.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }
}
