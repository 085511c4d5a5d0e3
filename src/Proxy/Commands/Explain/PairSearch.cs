using Proxy.Commands.Explain.Causes;

namespace Proxy.Commands.Explain;

/// <summary>Tries two mistakes at once, of the kinds that are made by different hands: one in the secret, say, and one in the body.</summary>
internal sealed class PairSearch(Attempt attempt, TrialBudget budget)
{
    private static readonly ICause[] Times = [new TimestampUnit(), new SignedTime()];
    private static readonly ICause[] Urls = [new UrlVariant()];
    private static readonly ICause[] Providers = [new OtherProvider()];

    /// <summary>The likelier and the cheaper first. A kind with itself means two different causes of it.</summary>
    private static readonly (ICause[] First, ICause[] Second)[] Kinds =
    [
        (CauseSearch.OfForm, CauseSearch.OfForm),
        (CauseSearch.OfSecret, CauseSearch.OfForm),
        (CauseSearch.OfSecret, Times),
        (Times, CauseSearch.OfForm),
        (Urls, CauseSearch.OfSecret),
        (CauseSearch.OfBody, CauseSearch.OfSecret),
        (CauseSearch.OfBody, CauseSearch.OfForm),
        (CauseSearch.OfBody, Times),
        (CauseSearch.OfBody, CauseSearch.OfBody),
        (Urls, CauseSearch.OfForm),
        (Providers, CauseSearch.OfSecret),
        (Urls, CauseSearch.OfBody),
    ];

    /// <summary>The first pair that explains it; empty where none does, or the budget ends before.</summary>
    public IReadOnlyList<Finding> Find()
    {
        foreach (var (first, second) in Kinds)
        {
            foreach (var (one, other) in Pairs(first, second))
            {
                if (Find(one, other) is { } found)
                {
                    return found;
                }
            }
        }

        return [];
    }

    private static IEnumerable<(ICause One, ICause Other)> Pairs(ICause[] first, ICause[] second) =>
        from one in first.Index()
        from other in second.Index()
        where first != second || one.Index < other.Index
        select (one.Item, other.Item);

    private Finding[]? Find(ICause one, ICause other)
    {
        var vary = Undoing(one, other);
        foreach (var outer in one.Vary(attempt).TakeWhile(_ => !budget.IsSpent))
        {
            foreach (var inner in (outer.Attempt is { } varied ? vary(varied) : []).TakeWhile(_ => !budget.IsSpent))
            {
                if (inner.Attempt is { } both && budget.Passes(both))
                {
                    return [new Finding(one, outer.Detail) { With = other.Name }, new Finding(other, inner.Detail) { With = one.Name }];
                }
            }
        }

        return null;
    }

    /// <summary>How the second one is undone where the first one is. What does not look at the body is worked out once for all bodies.</summary>
    private Func<Attempt, IEnumerable<Variation>> Undoing(ICause one, ICause other)
    {
        if (!CauseSearch.OfBody.Contains(one) || CauseSearch.OfBody.Contains(other))
        {
            return other.Vary;
        }

        var variations = other.Vary(attempt).Where(static variation => variation.Attempt?.Compile() is not null).ToList();
        return varied => variations.Select(variation => variation with { Attempt = variation.Attempt!.WithBody(varied.Request.Body) });
    }
}
