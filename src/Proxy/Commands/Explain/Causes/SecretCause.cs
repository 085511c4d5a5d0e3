using Proxy.Commands.Requests;

namespace Proxy.Commands.Explain.Causes;

/// <summary>A mistake that gives the two sides secrets that are the same but for some bytes.</summary>
internal abstract class SecretCause : ICause
{
    public abstract string Name { get; }

    public abstract string Advice { get; }

    public abstract Place Place { get; }

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        foreach (var (detail, undo) in Ways)
        {
            var undone = attempt.Inputs.Secrets.Select(secret => new NamedSecret(secret.Name, undo(secret.Value))).ToList();
            if (undone.Zip(attempt.Inputs.Secrets).Any(static pair => !pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span)))
            {
                yield return new(detail, attempt.WithSecrets(undone));
            }
        }
    }

    /// <summary>How it can have happened, and the sender's secret made from the proxy's; one that is no other is left out.</summary>
    protected abstract IEnumerable<(string Detail, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Undo)> Ways { get; }
}
