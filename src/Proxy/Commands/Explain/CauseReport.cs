namespace Proxy.Commands.Explain;

/// <summary>What came of the search for a mistake.</summary>
/// <param name="Findings">Mistakes that explain the verdict, each alone unless it says otherwise; empty where none does.</param>
/// <param name="Trials">How many ways, alone and in pairs, were tried.</param>
internal sealed record CauseReport(IReadOnlyList<Finding> Findings, int Trials)
{
    public static CauseReport Nothing { get; } = new([], 0);
}
