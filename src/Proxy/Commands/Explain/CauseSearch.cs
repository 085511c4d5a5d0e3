using Proxy.Commands.Explain.Causes;

namespace Proxy.Commands.Explain;

/// <summary>Tries every mistake there is; then, if none explains it, pairs of them.</summary>
internal static class CauseSearch
{
    /// <summary>The most that is tried: a second or two of work.</summary>
    public const int MostTrials = 8000;

    private const long MostBytes = 512L << 20;

    private static readonly ICause[] OfTime = [new Clock(), new TimestampUnit()];

    /// <summary>In the key.</summary>
    public static ICause[] OfSecret { get; } = [new SecretNewline(), new SecretWhitespace(), new SecretEncoding(), new SecretOfAnotherPolicy()];

    /// <summary>In the bytes that are signed.</summary>
    public static ICause[] OfBody { get; } = [new LineEndings(), new FinalNewline(), new ByteOrderMark(), new JsonReserialised(), new Compression(), new Truncation()];

    /// <summary>In how the signature is made and written.</summary>
    public static ICause[] OfForm { get; } = [new SignatureEncoding(), new SignaturePrefix(), new Algorithm()];

    /// <summary>The likeliest first.</summary>
    public static IReadOnlyList<ICause> Causes { get; } =
        [.. OfTime, .. OfSecret, .. OfBody, .. OfForm, new SignedTime(), new UrlVariant(), new OtherProvider()];

    /// <summary>The mistakes that explain why <paramref name="attempt"/> failed, each by itself; else a pair that does.</summary>
    public static CauseReport Explain(Attempt attempt)
    {
        var budget = new TrialBudget(MostTrials, MostBytes);
        var alone = FindAlone(attempt, budget);
        return new CauseReport(
            alone.Count == 0 && !IsOfTimeOnly(attempt) ? new PairSearch(attempt.AtAnyTime(), budget).Find() : alone,
            budget.Made);
    }

    /// <summary>The first way of each mistake; several mistakes can explain the same.</summary>
    public static IReadOnlyList<Finding> FindAlone(Attempt attempt, TrialBudget budget)
    {
        var anyTime = attempt.AtAnyTime();
        return [.. (IsOfTimeOnly(attempt) ? OfTime : Causes).SelectMany(cause => Find(cause, anyTime, attempt, budget)).DistinctBy(static finding => finding.Cause)];
    }

    /// <summary>
    /// Where nothing but the time is wrong, any change that does not matter would seem to mend it. Nor can one be told from another
    /// by the headers alone.
    /// </summary>
    private static bool IsOfTimeOnly(Attempt attempt) => attempt.Request.IsHeadOnly || attempt.AtAnyTime().Passes();

    /// <summary>The mistake, and what is wrong with the time besides: often, that a capture is explained later.</summary>
    private static IEnumerable<Finding> Find(ICause cause, Attempt anyTime, Attempt attempt, TrialBudget budget)
    {
        var variation = cause.Vary(anyTime).FirstOrDefault(variation => variation.Attempt is not { } varied || budget.Passes(varied));
        if (variation is null)
        {
            return [];
        }

        var finding = new Finding(cause, variation.Detail);
        if (OfTime.Contains(cause) || variation.Attempt is not { } untimely || untimely.WithTimesOf(attempt).Passes())
        {
            return [finding];
        }

        var time = OfTime
            .SelectMany(time => time.Vary(untimely).Where(varied => budget.Passes(varied.Attempt!)), static (time, varied) => new Finding(time, varied.Detail))
            .FirstOrDefault();
        return time is null ? [finding] : [finding with { With = time.Cause.Name }, time with { With = cause.Name }];
    }
}
