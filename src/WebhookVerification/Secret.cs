using System.Security.Cryptography;

namespace WebhookVerification;

/// <summary>A named verification key as the operator gave it, before a scheme decodes it. Never prints its value.</summary>
public sealed class Secret(string name, ReadOnlyMemory<byte> value)
{
    /// <summary>The operator's name for it, such as "current"; a metric label.</summary>
    public string Name { get; } = name;

    /// <summary>The bytes as configured: a file's content without its final newline, or a variable's UTF-8.</summary>
    internal ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>
    /// Whether <paramref name="presented"/> is this secret, compared in constant time apart from the length. An empty secret
    /// matches nothing.
    /// </summary>
    public bool Matches(ReadOnlySpan<byte> presented) =>
        !Value.IsEmpty && CryptographicOperations.FixedTimeEquals(Value.Span, presented);

    /// <summary>The name and the word "redacted".</summary>
    public override string ToString() => $"{Name} (redacted)";
}
