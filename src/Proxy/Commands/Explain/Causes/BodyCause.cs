namespace Proxy.Commands.Explain.Causes;

/// <summary>A mistake that leaves other bytes in the body than those that were signed.</summary>
internal abstract class BodyCause : ICause
{
    public abstract string Name { get; }

    public abstract string Advice { get; }

    public abstract Place Place { get; }

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        // Most ways to write JSON come to the same where nothing in it can be escaped.
        var tried = new List<ReadOnlyMemory<byte>> { attempt.Request.Body };
        foreach (var (detail, body) in Undo(attempt.Request.Body))
        {
            if (!tried.Exists(other => other.Span.SequenceEqual(body.Span)))
            {
                tried.Add(body);
                yield return new Variation(detail, attempt.WithBody(body));
            }
        }
    }

    /// <summary>The body as it can have been signed, the likeliest first; one that was there before is left out.</summary>
    protected abstract IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body);
}
