using Proxy.Commands.Explain.Causes;

namespace Proxy.Commands.Explain;

/// <summary>Tries every mistake there is.</summary>
internal static class CauseSearch
{
    /// <summary>The likeliest first.</summary>
    public static IReadOnlyList<ICause> Causes { get; } =
    [
        new Clock(),
        new TimestampUnit(),
        new SecretNewline(),
        new SecretWhitespace(),
        new SecretEncoding(),
        new SecretOfAnotherPolicy(),
        new LineEndings(),
        new FinalNewline(),
        new ByteOrderMark(),
        new JsonReserialised(),
        new Compression(),
        new Truncation(),
        new SignatureEncoding(),
        new SignaturePrefix(),
        new Algorithm(),
        new SignedTime(),
        new UrlVariant(),
        new OtherProvider(),
    ];

    /// <summary>The first way of each mistake that explains why <paramref name="attempt"/> failed; several mistakes can.</summary>
    public static IReadOnlyList<Finding> Explain(Attempt attempt)
    {
        var anyTime = attempt.AtAnyTime();

        // Where nothing but the time is wrong, any change that does not matter would seem to mend it.
        var isTime = anyTime.Judge().IsVerified;
        return [.. Causes.Where(cause => !isTime || cause is Clock or TimestampUnit).Select(cause => Find(cause, anyTime)).OfType<Finding>()];
    }

    private static Finding? Find(ICause cause, Attempt attempt)
    {
        var variation = cause.Vary(attempt).FirstOrDefault(static variation => variation.Attempt?.Judge().IsVerified ?? true);
        return variation is null ? null : new Finding(cause, variation.Detail);
    }
}
