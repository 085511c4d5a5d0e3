using System.Buffers;
using System.Text;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;
using WebhookVerification.Sources;
using WebhookVerification.Tests.Vectors;

namespace WebhookVerification.Tests.Signing;

public sealed class WebhookSignerTests
{
    private static readonly KeyValuePair<string, string> Json = new("Content-Type", "application/json");

    public static TheoryData<string> Entries => [.. ProviderCatalog.BuiltIn.Ids];

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryEntry_AcceptsWhatTheSignerSigns(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        var vector = VectorCase.Load(id).First(static vector => vector.Expect == nameof(VerificationOutcome.Verified));
        var options = vector.Options(entry) with { Secrets = [.. vector.Options(entry).Secrets.Take(1)] };
        var signed = Signer(entry.Scheme, options).Sign(Unsigned(entry.Scheme, vector), out var obstacle);
        if (signed is null)
        {
            Assert.Matches("private key|into the body", obstacle);
            return;
        }

        Assert.Equal(VerificationOutcome.Verified, Judge(entry.Scheme, options, vector, signed));
    }

    /// <summary>An entry needs a sample of its own only where an empty object is no body that the provider could send.</summary>
    [Theory]
    [MemberData(nameof(Entries))]
    public void SampleOfEveryEntry_CanBeSigned(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        var vector = VectorCase.Load(id).First(static vector => vector.Expect == nameof(VerificationOutcome.Verified));
        var options = vector.Options(entry) with { Secrets = [.. vector.Options(entry).Secrets.Take(1)] };
        var body = Encoding.UTF8.GetBytes(entry.Sample ?? "{}");
        var type = body[0] is (byte)'{' or (byte)'[' ? "application/json" : "application/x-www-form-urlencoded";
        var unsigned = Unsigned(entry.Scheme, vector) with { Body = body, Headers = [new("Content-Type", type)] };
        if (Signer(entry.Scheme, options).Sign(unsigned, out var obstacle) is null)
        {
            Assert.Matches("private key|into the body", obstacle);
        }
    }

    [Fact]
    public void TwoSecretsInAList_AreTwoSignaturesOverOneTime()
    {
        var signed = Sign("""
            {
              "algorithm": "hmac-sha256", "timestamp": { "format": "unix" }, "content": "{timestamp}.{body}",
              "signature": { "in": "header:Sig", "list": { "separator": ",", "assign": "=", "signature": "v1", "timestamp": "t" }, "encoding": "hex" }
            }
            """, out _, "one", "two");
        var header = Assert.Single(signed!.Headers);
        Assert.Equal("Sig", header.Key);
        Assert.Equal($"t=1700000000,v1={Mac.Hex("one", "1700000000.{}")},v1={Mac.Hex("two", "1700000000.{}")}", header.Value);
    }

    [Fact]
    public void SignedHeaders_AreAddedWithTheGivenId()
    {
        var signed = Sign("""
            {
              "algorithm": "hmac-sha256", "signature": { "in": "query:sig", "encoding": "hex" },
              "content": "{header:X-Id}.{body}", "require": { "header:X-Version": ["2", "3"] }
            }
            """, out _, "one");
        Assert.Equal([new("X-Version", "2"), new("X-Id", "id-1")], signed!.Headers);
        Assert.Equal($"/hook?sig={Mac.Hex("one", "id-1.{}")}", signed.Target);
    }

    [Theory]
    [InlineData("""{ "algorithm": "token", "signature": { "in": "json:/token" } }""", "into the body", 1)]
    [InlineData("""{ "algorithm": "token", "signature": { "in": "header:X-Token" } }""", "no room", 2)]
    [InlineData("""{ "algorithm": "hmac-sha1", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{query:id}{body}" }""", "lacks something", 1)]
    [InlineData("""{ "algorithm": "hmac-sha1", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{form:sorted}" }""", "lacks something", 1)]
    public void WhatCannotBeSigned_IsSaid(string scheme, string reason, int secrets)
    {
        Assert.Null(Sign(scheme, out var obstacle, [.. Enumerable.Repeat("secret", secrets)]));
        Assert.Contains(reason, obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void TraceOfACapturedRequest_IsItsContentAndTheSignatureItShouldHave()
    {
        var signer = Signer(TestScheme.Parse(TestScheme.HexInHeader), TestScheme.Options("secret"));
        var trace = Assert.Single(signer.Traces(new TestRequest().With("X-Sig", "no hex at all"), new ReadOnlySequence<byte>("{}"u8.ToArray())));
        Assert.Equal("{}"u8, trace.Content.Span);
        Assert.Equal(Mac.Hex("secret", "{}"), Assert.Single(trace.Expected));
        Assert.DoesNotContain(trace.Expected[0], trace.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TraceOfSignedItems_IsOneForEach()
    {
        var signer = Signer(
            TestScheme.Parse("""{ "algorithm": "hmac-sha256", "signature": { "in": "json:/sig", "encoding": "hex" }, "each": "/items", "content": "{json:/id}" }"""),
            TestScheme.Options("secret"));
        Assert.Equal(["a", "b"], Contents("""{ "items": [{ "id": "a", "sig": "00" }, { "id": "b" }] }"""));
        Assert.Empty(Contents("""{ "items": 1 }"""));
        Assert.Empty(Contents("no JSON"));

        IEnumerable<string> Contents(string body) => signer.Traces(new TestRequest(), new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)))
            .Select(static trace => Encoding.UTF8.GetString(trace.Content.Span));
    }

    private static SignedWebhook? Sign(string scheme, out string obstacle, params string[] secrets) =>
        Signer(TestScheme.Parse(scheme), TestScheme.Options(secrets)).Sign(
            new UnsignedWebhook { Target = "/hook", Body = "{}"u8.ToArray(), Headers = [Json], Time = TestScheme.Now, Id = "id-1" }, out obstacle);

    private static UnsignedWebhook Unsigned(Scheme scheme, VectorCase vector)
    {
        var request = vector.Request();
        return new UnsignedWebhook
        {
            Method = request.Method,

            // A signature in the query is there already.
            Target = scheme.Signature.Sources is [QuerySource, ..] ? request.Target.Split('?')[0] : request.Target,
            Headers = request.GetHeader("Content-Type", out var type) > 0 ? [new("Content-Type", type!)] : [],
            Body = vector.BodyBytes(),
            Time = TestScheme.Now,
            Id = "msg_1",
        };
    }

    private static VerificationOutcome Judge(Scheme scheme, VerifierOptions options, VectorCase vector, SignedWebhook signed)
    {
        var problems = new ProblemList();
        var verifier = WebhookVerifier.Create(scheme, options, TestScheme.Empty, problems);
        var request = new TestRequest { Method = vector.Method, Target = signed.Target };
        foreach (var (name, value) in Unsigned(scheme, vector).Headers.Concat(signed.Headers))
        {
            request.With(name, value);
        }

        return verifier!.Judge(request, vector.BodyBytes()).Outcome;
    }

    private static WebhookSigner Signer(Scheme scheme, VerifierOptions options)
    {
        var problems = new ProblemList();
        var signer = WebhookSigner.Create(scheme, options, TestScheme.Empty, problems);
        Assert.Empty(problems.Errors);
        return signer!;
    }
}
