using System.Globalization;
using System.Text;

namespace Proxy.Commands.Explain;

/// <summary>Shows bytes to people: what is printable as it is, everything else escaped, so that nothing hides.</summary>
internal static class ByteText
{
    /// <summary>As many bytes of each end as a line can show.</summary>
    public const int EndLength = 48;

    public static string First(ReadOnlySpan<byte> bytes) => Show(bytes[..Math.Min(bytes.Length, EndLength)]);

    public static string Last(ReadOnlySpan<byte> bytes) => Show(bytes[^Math.Min(bytes.Length, EndLength)..]);

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            _ = b switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }

        return text.ToString();
    }
}
