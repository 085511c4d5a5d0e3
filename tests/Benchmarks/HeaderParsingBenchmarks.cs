using System.Text;
using BenchmarkDotNet.Attributes;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Benchmarks;

/// <summary>
/// What headers alone cost: the checks before a byte of the body is read, by entries of the catalogue. What passes them is
/// read to its end; the refusals are those that an attacker gets for the least work of his own.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class HeaderParsingBenchmarks
{
    private const string Time = "1700000000";
    private const string Yesterday = "1699913600";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly string Hex = new('a', 64);
    private static readonly string Base64 = Convert.ToBase64String(new byte[32]);

    private readonly Evidence _evidence = new();
    private readonly Case _gitHub = new("github", VerificationOutcome.Verified, ("X-Hub-Signature-256", "sha256=" + Hex));
    private readonly Case _stripe = new("stripe", VerificationOutcome.Verified, ("Stripe-Signature", $"t={Time},v1={Hex}"));
    private readonly Case _standard = new("standard-webhooks", VerificationOutcome.Verified, Standard(Time, "v1," + Base64));
    private readonly Case _rotating = new(
        "standard-webhooks", VerificationOutcome.Verified, Standard(Time, string.Join(' ', Enumerable.Repeat("v1," + Base64, 5))));

    private readonly Case _missing = new("standard-webhooks", VerificationOutcome.SignatureMissing);
    private readonly Case _malformed = new("standard-webhooks", VerificationOutcome.SignatureMalformed, Standard(Time, "v1,*"));
    private readonly Case _stale = new("standard-webhooks", VerificationOutcome.TimestampTooOld, Standard(Yesterday, "v1," + Base64));

    [Benchmark(Baseline = true)]
    public VerificationOutcome GitHub() => _gitHub.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome Stripe() => _stripe.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome StandardWebhooks() => _standard.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome FiveSignatures() => _rotating.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome SignatureMissing() => _missing.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome SignatureMalformed() => _malformed.Judge(_evidence);

    [Benchmark]
    public VerificationOutcome TimestampTooOld() => _stale.Judge(_evidence);

    private static (string Name, string Value)[] Standard(string time, string signature) =>
        [("webhook-id", "msg_1"), ("webhook-timestamp", time), ("webhook-signature", signature)];

    private sealed class Case
    {
        private readonly WebhookVerifier _verifier;
        private readonly BenchmarkRequest _request;

        public Case(string provider, VerificationOutcome expected, params (string Name, string Value)[] headers)
        {
            var problems = new ProblemList();
            var node = SettingNode.Parse("benchmark", "{}"u8.ToArray(), baseDirectory: null, problems)!;
            var secret = new Secret("current", Encoding.UTF8.GetBytes("whsec_" + Base64));
            var scheme = ProviderCatalog.BuiltIn.Entries.Single(entry => entry.Id == provider).Scheme;
            _verifier = WebhookVerifier.Create(scheme, new VerifierOptions { Secrets = [secret] }, node, problems)!;
            _request = new BenchmarkRequest(headers);
            var outcome = Judge(new Evidence());
            if (outcome != expected)
            {
                throw new InvalidOperationException($"{provider}: {outcome} is not what is measured.");
            }
        }

        public VerificationOutcome Judge(Evidence evidence) => _verifier.Preflight(_request, evidence, Now);
    }
}
