using System.Buffers;
using System.Text;
using WebhookVerification.Catalog;
using WebhookVerification.Handshakes;
using WebhookVerification.Settings;
using WebhookVerification.Tests.Vectors;

namespace WebhookVerification.Tests.Handshakes;

/// <summary>Every handshake of the catalogue, published by somebody else or computed by tests/vectors, through the public way alone.</summary>
public sealed class HandshakeVectorTests
{
    private static readonly Dictionary<string, HandshakeCase> Cases = HandshakeCase.LoadAll().ToDictionary(static vector => $"{vector.Provider}: {vector.Name}");

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> Entries => [.. ProviderCatalog.BuiltIn.Entries.Where(static entry => entry.Scheme.Handshakes.Count > 0).Select(static entry => entry.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryHandshake_HasItsAnswer(string name)
    {
        var vector = Cases[name];
        Assert.True(ProviderCatalog.BuiltIn.TryGet(vector.Provider, out var entry));

        var result = Ask(entry, vector);

        Assert.Equal(vector.Expect, result?.Outcome.ToString() ?? VectorCase.Refused);
        var answer = result is { Outcome: HandshakeOutcome.Answered, Answer: { } given }
            ? new HandshakeCase.ExpectedAnswer(given.Status, given.ContentType, Encoding.UTF8.GetString(given.Body.Span))
            : null;
        Assert.Equal(vector.Answer, answer);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryEntryWithHandshakes_HasAnsweredAndOtherCases(string id)
    {
        var expected = Cases.Values.Where(vector => vector.Provider == id).Select(static vector => vector.Expect).ToList();

        Assert.Contains(nameof(HandshakeOutcome.Answered), expected);
        Assert.Contains(expected, static outcome => outcome != nameof(HandshakeOutcome.Answered));
    }

    /// <summary>Null when not even the signature is right.</summary>
    private static HandshakeResult? Ask(ProviderEntry entry, HandshakeCase vector)
    {
        var problems = new ProblemList();
        var at = SettingNode.Parse("vector", "{}"u8.ToArray(), baseDirectory: null, problems)!;
        var verifier = WebhookVerifier.Create(entry.Scheme, vector.Options(entry), at, problems);
        Assert.Empty(problems.Errors);
        var evidence = new Evidence();
        var request = vector.Request();
        var result = verifier!.AnswerUnsigned(request, evidence);
        if (result.Outcome != HandshakeOutcome.NotAHandshake || vector.Body is null)
        {
            return result;
        }

        var body = new ReadOnlySequence<byte>(vector.BodyBytes());
        return verifier.Judge(request, body, evidence, DateTimeOffset.FromUnixTimeSeconds(vector.Now)).IsVerified
            ? verifier.AnswerSigned(request, evidence, body)
            : null;
    }
}
