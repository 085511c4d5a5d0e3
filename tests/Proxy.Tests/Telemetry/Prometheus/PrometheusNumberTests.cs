using System.Globalization;
using System.Text;
using Proxy.Telemetry.Prometheus;

namespace Proxy.Tests.Telemetry.Prometheus;

public sealed class PrometheusNumberTests
{
    /// <summary>The right-hand side is what Go's <c>strconv.FormatFloat(value, 'g', -1, 64)</c> gives.</summary>
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.00025, "0.00025")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.000025, "2.5e-05")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-300, "1.5e-300")]
    [InlineData(999999, "999999")]
    [InlineData(999999.5, "999999.5")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1000000.5, "1.0000005e+06")]
    [InlineData(-1048576, "-1.048576e+06")]
    [InlineData(16777216, "1.6777216e+07")]
    [InlineData(1767323045.25, "1.76732304525e+09")]
    [InlineData(1e14, "1e+14")]
    [InlineData(999999999999999, "9.99999999999999e+14")]
    [InlineData(1e15, "1e+15")]
    [InlineData(1e21, "1e+21")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "5e-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Number_IsWrittenAsGoDoes(double value, string expected) => Assert.Equal(expected, Text(value));

    [Fact]
    public void AnyNumber_ReadsBackAsItself()
    {
        var random = new Random(20260101);
        var bytes = new byte[sizeof(double)];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            var value = i % 2 == 0 ? BitConverter.ToDouble(bytes) : random.NextInt64(-1_000_000_000_000, 1_000_000_000_000) / 64.0;
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(Text(value), CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Text(double value)
    {
        Span<byte> text = stackalloc byte[PrometheusNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..PrometheusNumber.Write(value, text)]);
    }
}
