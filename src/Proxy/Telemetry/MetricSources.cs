namespace Proxy.Telemetry;

/// <summary>Values that other parts keep anyway; read at collection, each from any thread.</summary>
internal sealed record MetricSources
{
    /// <summary>Bytes of request bodies held at the moment.</summary>
    public Func<long> BufferedBytes { get; init; } = static () => 0;

    /// <summary>The budget for them.</summary>
    public Func<long> BufferedLimitBytes { get; init; } = static () => 0;

    /// <summary>Replay claims given up before they expired, for want of room.</summary>
    public Func<long> ReplayEvictions { get; init; } = static () => 0;
}
