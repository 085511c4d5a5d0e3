using System.Buffers.Text;

namespace Proxy.Telemetry.Prometheus;

/// <summary>
/// Writes numbers as Prometheus' own libraries do (Go's shortest form): <c>0.0001</c>, <c>1e-05</c>, <c>1.048576e+06</c>. The
/// bounds of a histogram are label values, so 1E-05 and 1e-05 would be two series.
/// </summary>
internal static class PrometheusNumber
{
    /// <summary>Enough for any number: a sign, 17 digits, a point and an exponent.</summary>
    public const int MaxLength = 32;

    /// <summary>From here on Go writes an exponent, .NET only from 1E+15.</summary>
    private const double FirstWithExponent = 1e6;

    /// <returns>How many bytes of <paramref name="destination"/> were written.</returns>
    public static int Write(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            name.CopyTo(destination);
            return name.Length;
        }

        _ = Utf8Formatter.TryFormat(value, destination, out var length);
        var exponent = destination[..length].IndexOf((byte)'E');
        if (exponent >= 0)
        {
            destination[exponent] = (byte)'e';
            return length;
        }

        return Math.Abs(value) < FirstWithExponent ? length : WithExponent(destination, length);
    }

    /// <summary>Turns "1234567.5" into "1.2345675e+06".</summary>
    private static int WithExponent(Span<byte> text, int length)
    {
        var first = text[0] == '-' ? 1 : 0;
        var point = text[..length].IndexOf((byte)'.');
        var end = point < 0 ? length : point;
        var exponent = end - first - 1;

        // The point moves to behind the first digit, and the digits that it passes move up by one.
        text[(first + 1)..end].CopyTo(text[(first + 2)..]);
        text[first + 1] = (byte)'.';
        length = point < 0 ? length + 1 : length;
        length = text[..length].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;

        text[length++] = (byte)'e';
        text[length++] = (byte)'+';
        text[length++] = (byte)('0' + (exponent / 10));
        text[length++] = (byte)('0' + (exponent % 10));
        return length;
    }
}
