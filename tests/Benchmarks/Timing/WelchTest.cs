namespace Benchmarks.Timing;

/// <summary>Welch's t-test of two classes of measurements, kept as running sums.</summary>
internal sealed class WelchTest
{
    /// <summary>dudect's threshold: beyond it, chance explains nothing (one run in 150,000 without any difference).</summary>
    public const double Threshold = 4.5;

    /// <summary>
    /// In nanoseconds. Two classes of the same data, only placed elsewhere, differ by up to a tenth of a nanosecond here; a comparison that stops early
    /// differs by a hundred times that.
    /// </summary>
    private const double Layout = 0.5;

    /// <summary>So many standard errors above the threshold a true difference has to lie to be found in 99 runs of 100.</summary>
    private const double Power99 = 2.33;

    private readonly double[] _mean = new double[2];
    private readonly double[] _squares = new double[2];
    private readonly long[] _count = new long[2];

    public long Count => _count[0] + _count[1];

    /// <summary>Mean of class 1 less mean of class 0, in the unit of the measurements.</summary>
    public double Difference => _mean[1] - _mean[0];

    public double T => Difference / StandardError;

    /// <summary>Beyond chance, and more than where things lie in memory makes of one and the same code.</summary>
    public bool Leaks => Math.Abs(T) > Threshold && Math.Abs(Difference) > Layout;

    /// <summary>The smallest true difference that such a run finds with a power of 99 %.</summary>
    public double Detectable => Math.Max(Threshold * StandardError, Layout) + (Power99 * StandardError);

    private double StandardError => Math.Sqrt(Variance(0) / _count[0] + (Variance(1) / _count[1]));

    public void Add(int @class, double measured)
    {
        var delta = measured - _mean[@class];
        _mean[@class] += delta / ++_count[@class];
        _squares[@class] += delta * (measured - _mean[@class]);
    }

    private double Variance(int @class) => _squares[@class] / (_count[@class] - 1);
}
