using System.Text.Json;
using WebhookVerification.Tests.Vectors;

namespace WebhookVerification.Tests.Handshakes;

/// <summary>One handshake with its answer, as Handshakes/vectors.json holds it. What is expected is the name of a <c>HandshakeOutcome</c>, or "Refused" where the signature is wrong.</summary>
public sealed record HandshakeCase : VectorCase
{
    public required string Provider { get; init; }

    /// <summary>Null where there is none.</summary>
    public ExpectedAnswer? Answer { get; init; }

    public static IReadOnlyList<HandshakeCase> LoadAll() =>
        JsonSerializer.Deserialize<HandshakeFile>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Handshakes", "vectors.json")), Format)!.Cases;

    public sealed record ExpectedAnswer(int Status, string? ContentType, string Body = "");

    private sealed record HandshakeFile(IReadOnlyList<HandshakeCase> Cases);
}
