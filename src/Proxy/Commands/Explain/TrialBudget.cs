namespace Proxy.Commands.Explain;

/// <summary>Counts what has been tried, and bounds it: by what it costs, so that the answer is the same on every machine.</summary>
/// <param name="trials">The most to try.</param>
/// <param name="bytes">The most bytes of bodies to hash.</param>
internal sealed class TrialBudget(int trials, long bytes)
{
    private long _bytes;

    /// <summary>How much has been tried.</summary>
    public int Made { get; private set; }

    public bool IsSpent => Made >= trials || _bytes >= bytes;

    /// <summary>Whether nothing speaks against the attempt, which counts as tried.</summary>
    public bool Passes(Attempt attempt)
    {
        Made++;
        _bytes += attempt.Request.Body.Length;
        return attempt.Passes();
    }
}
