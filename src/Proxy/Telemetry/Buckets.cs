using System.Diagnostics.Metrics;

namespace Proxy.Telemetry;

/// <summary>Bucket bounds: close where a value decides something, a factor of about three apart elsewhere.</summary>
internal static class Buckets
{
    /// <summary>10 µs to 100 ms: a MAC over 2 KiB takes microseconds, RSA or a megabyte of body up to one millisecond.</summary>
    public static InstrumentAdvice<double> Verification { get; } =
        Bounds(0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1);

    /// <summary>256 B to 16 MiB by powers of four; the default limit of 10 MiB lies within the last.</summary>
    public static InstrumentAdvice<long> BodySize { get; } =
        Bounds(256L, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216);

    /// <summary>1 ms to 100 s, the default of <c>Upstream.TotalTimeout</c>.</summary>
    public static InstrumentAdvice<double> Upstream { get; } =
        Bounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100);

    /// <summary>0.1 s to 1 h; 300 is the tolerance that most providers document.</summary>
    public static InstrumentAdvice<double> Age { get; } =
        Bounds(0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);

    private static InstrumentAdvice<T> Bounds<T>(params T[] bounds)
        where T : struct => new() { HistogramBucketBoundaries = bounds };
}
