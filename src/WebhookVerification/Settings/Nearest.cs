namespace WebhookVerification.Settings;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
public static class Nearest
{
    private const int LongestName = 64;

    /// <summary>
    /// The name among <paramref name="legal"/> that takes the fewest insertions, deletions, replacements and swaps of neighbours
    /// to reach from <paramref name="wrong"/>, ignoring case; null when even that one takes more than a third of its letters.
    /// </summary>
    public static string? Match(string wrong, IEnumerable<string> legal)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(legal);
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in legal)
        {
            if (Math.Max(wrong.Length, name.Length) > LongestName)
            {
                continue;
            }

            var distance = Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < bestDistance && distance <= Math.Max(1, Math.Max(wrong.Length, name.Length) / 3))
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>" Did you mean 'x'?", to be appended to a sentence; empty when nothing is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> legal) =>
        Match(wrong, legal) is { } name ? $" Did you mean '{name}'?" : "";

    // Damerau-Levenshtein in its restricted form (optimal string alignment): no substring is edited twice.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
