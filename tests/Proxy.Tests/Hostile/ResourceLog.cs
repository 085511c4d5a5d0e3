using System.Diagnostics;
using System.Globalization;

namespace Proxy.Tests.Hostile;

/// <summary>What a process holds, over time.</summary>
internal sealed class ResourceLog
{
    private readonly List<(double Minutes, double Memory, double Handles)> _samples = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Of the resident set over the second half, in bytes a minute, by least squares.</summary>
    public double MemorySlope
    {
        get
        {
            var half = _samples[(_samples.Count / 2)..];
            var (meanTime, meanMemory) = (half.Average(static sample => sample.Minutes), half.Average(static sample => sample.Memory));
            var spread = half.Sum(sample => Math.Pow(sample.Minutes - meanTime, 2));
            return spread == 0 ? 0 : half.Sum(sample => (sample.Minutes - meanTime) * (sample.Memory - meanMemory)) / spread;
        }
    }

    /// <summary>Open descriptors of the last quarter less those of the second, on average.</summary>
    public double HandleGrowth
    {
        get
        {
            var quarter = _samples.Count / 4;
            return _samples[^quarter..].Average(static sample => sample.Handles) - _samples[quarter..(2 * quarter)].Average(static sample => sample.Handles);
        }
    }

    public void Look(int process)
    {
        var resident = double.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        var handles = Directory.GetFiles($"/proc/{process}/fd").Length;
        _samples.Add((Stopwatch.GetElapsedTime(_started).TotalMinutes, resident, handles));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"memory {_samples[0].Memory / 1e6:0} MB to {_samples[^1].Memory / 1e6:0} MB, slope of the second half {MemorySlope / 1e6:0.00} MB/min; descriptors {_samples[0].Handles} to {_samples[^1].Handles}, growth {HandleGrowth:0.0}");
}
