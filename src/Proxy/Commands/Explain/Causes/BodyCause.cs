namespace Proxy.Commands.Explain.Causes;

/// <summary>A mistake that leaves other bytes in the body than those that were signed.</summary>
internal abstract class BodyCause : ICause
{
    public abstract string Name { get; }

    public abstract string Advice { get; }

    public abstract Place Place { get; }

    public IEnumerable<Variation> Vary(Attempt attempt) => Undo(attempt.Request.Body)
        .Where(undone => !undone.Body.Span.SequenceEqual(attempt.Request.Body.Span))
        .Select(undone => new Variation(undone.Detail, attempt.WithBody(undone.Body)));

    /// <summary>The body as it can have been signed, the likeliest first; one that is no other is left out.</summary>
    protected abstract IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body);
}
