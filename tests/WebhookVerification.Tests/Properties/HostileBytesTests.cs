using System.Buffers;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Tests.Vectors;

namespace WebhookVerification.Tests.Properties;

/// <summary>Arbitrary bytes are refused, by every entry, without an exception and without more work than their size is worth.</summary>
public sealed class HostileBytesTests
{
    private const int CasesAnEntry = 20;

    /// <summary>
    /// Header look-ups of one request. Sixteen is the most of any honest one; a number that a sender could raise would be a lever.
    /// </summary>
    private const int MostLookUps = 64;

    /// <summary>Bytes of memory for each byte that was sent; growing buffers double, and text has two bytes a character.</summary>
    private const int MostBytesForAByte = 16;

    /// <summary>What an unsigned handshake may make the proxy say, in bytes.</summary>
    private const int LongestEcho = 512;

    private const int MostBytesAtAll = 256 * 1024;

    public static TheoryData<string> Entries => [.. ProviderCatalog.BuiltIn.Ids];

    [Theory]
    [MemberData(nameof(Entries))]
    public void ArbitraryBytes_AreRefusedWithBoundedWork(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        var problems = new ProblemList();
        var options = VectorCase.Load(id)[0].Options(entry) with { BodyTimestamp = BodyTimestampMode.Enforce };
        var verifier = WebhookVerifier.Create(entry.Scheme, options, TestScheme.Empty, problems)!;
        Assert.Empty(problems.Errors);
        Cases.Try(HostileRequest.Any(), CasesAnEntry, request =>
        {
            var pieces = Pieces.Of(request.Body, Math.Max(1, request.Body.Length / 7));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = Judge(verifier, request, pieces);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.NotEqual(VerificationOutcome.Verified, outcome);
            Assert.InRange(request.LookUps, 0, MostLookUps);
            Assert.InRange(allocated, 0, MostBytesAtAll + (MostBytesForAByte * (long)request.Size));
        });
    }

    /// <summary>The body is judged whatever the headers were, so that what reads bodies gets its share.</summary>
    private static VerificationOutcome Judge(WebhookVerifier verifier, HostileRequest request, in ReadOnlySequence<byte> body)
    {
        var evidence = new Evidence();
        var unsigned = verifier.AnswerUnsigned(request, evidence);
        Assert.InRange(unsigned.Answer?.Body.Length ?? 0, 0, LongestEcho);
        var preflight = verifier.Preflight(request, evidence, TestScheme.Now);
        var verified = verifier.Verify(request, evidence, body);
        return preflight == VerificationOutcome.Verified ? verified.Outcome : preflight;
    }
}
