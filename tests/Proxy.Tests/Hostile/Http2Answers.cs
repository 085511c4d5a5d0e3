using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>What a server said on an HTTP/2 connection: as much of HPACK as the status needs, from a server that was denied the dynamic table.</summary>
/// <param name="Statuses">In order.</param>
/// <param name="Ended">Streams that the server has ended or reset; many, once it has given up the connection.</param>
/// <param name="Text">Contents of all answers, each frame on a line of its own.</param>
internal sealed record Http2Answers(IReadOnlyList<int> Statuses, int Ended, string Text)
{
    private const int FrameHead = 9;
    private const byte Data = 0, Headers = 1, Reset = 3, GoAway = 7;

    /// <summary>The codes that RFC 7541, appendix A, has at 8 to 14.</summary>
    private static readonly int[] Indexed = [200, 204, 206, 304, 400, 404, 500];

    public static Http2Answers Read(ReadOnlySpan<byte> bytes)
    {
        var (statuses, ended, text) = (new List<int>(), 0, new StringBuilder());
        while (bytes.Length >= FrameHead)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8;
            if (bytes.Length < FrameHead + length)
            {
                break;
            }

            var payload = bytes.Slice(FrameHead, length);
            var (type, flags) = (bytes[3], bytes[4]);
            if (type == Headers && StatusOf(payload) is { } status)
            {
                statuses.Add(status);
            }

            if (type == Data)
            {
                text.Append('\n').Append(Encoding.Latin1.GetString(payload));
            }

            ended += type == GoAway ? 1000 : type == Reset || (type is Data or Headers && (flags & 1) != 0) ? 1 : 0;
            bytes = bytes[(FrameHead + length)..];
        }

        return new Http2Answers(statuses, ended, text.ToString());
    }

    /// <summary>
    /// The status stands first, but for changes of the table's size; null in trailers, and for what a spoilt SETTINGS frame let the
    /// server put into the table before.
    /// </summary>
    private static int? StatusOf(ReadOnlySpan<byte> block)
    {
        while (block.Length > 0 && (block[0] & 0xe0) == 0x20)
        {
            // RFC 7541 5.1: five set bits say that the number goes on, for as long as the bytes have their highest bit.
            var last = (block[0] & 0x1f) == 0x1f ? 1 + block[1..].IndexOfAnyInRange((byte)0, (byte)0x7f) : 0;
            block = block[(last + 1)..];
        }

        return block switch
        {
            [>= 0x88 and <= 0x8e, ..] => Indexed[block[0] - 0x88],
            [var kind, 3, var a, var b, var c, ..] when (kind & 0x0f) is >= 8 and <= 14
                && int.TryParse([(char)a, (char)b, (char)c], NumberStyles.None, CultureInfo.InvariantCulture, out var status) => status,
            _ => null,
        };
    }
}
