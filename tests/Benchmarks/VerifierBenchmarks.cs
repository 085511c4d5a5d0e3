using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Benchmarks;

/// <summary>
/// What a verification costs beside the one call it cannot do without. The schemes are those of GitHub, Stripe, Slack and
/// Standard Webhooks; the body has 2 KB.
/// </summary>
[MemoryDiagnoser]
public class VerifierBenchmarks
{
    private const string Time = "1700000000";
    private const string GitHubScheme = """
        { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Hub-Signature-256", "prefix": "sha256=", "encoding": "hex" }, "content": "{body}" }
        """;
    private const string StripeScheme = """
        { "algorithm": "hmac-sha256",
          "signature": { "in": "header:Stripe-Signature", "list": { "separator": ",", "assign": "=", "signature": "v1", "timestamp": "t" }, "encoding": "hex" },
          "timestamp": { "format": "unix" }, "content": "{timestamp}.{body}" }
        """;
    private const string SlackScheme = """
        { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Slack-Signature", "prefix": "v0=", "encoding": "hex" },
          "timestamp": { "in": "header:X-Slack-Request-Timestamp", "format": "unix" }, "content": "v0:{timestamp}:{body}" }
        """;
    private const string StandardScheme = """
        { "algorithm": "hmac-sha256",
          "signature": { "in": "header:webhook-signature", "list": { "separator": " ", "assign": ",", "signature": "v1" }, "encoding": "base64" },
          "timestamp": { "in": "header:webhook-timestamp", "format": "unix" },
          "content": "{header:webhook-id}.{timestamp}.{body}", "deliveryId": "header:webhook-id" }
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a secret of thirty-two characters");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(new string('x', 2_048));

    private readonly Evidence _evidence = new();
    private readonly Contender _gitHub = new(GitHubScheme, new BenchmarkRequest(("X-Hub-Signature-256", "sha256=" + Hex(""))));
    private readonly Contender _stripe = new(StripeScheme, new BenchmarkRequest(("Stripe-Signature", $"t={Time},v1={Hex(Time + ".")}")));
    private readonly Contender _slack = new(
        SlackScheme,
        new BenchmarkRequest(("X-Slack-Signature", "v0=" + Hex($"v0:{Time}:")), ("X-Slack-Request-Timestamp", Time)));

    private readonly Contender _standard = new(
        StandardScheme,
        new BenchmarkRequest(
            ("webhook-id", "msg_1"), ("webhook-timestamp", Time), ("webhook-signature", "v1," + Convert.ToBase64String(Mac($"msg_1.{Time}.")))));

    [Benchmark(Baseline = true)]
    public int BareHmac()
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return HMACSHA256.HashData(Key, Body, mac);
    }

    [Benchmark]
    public bool GitHub() => _gitHub.Verify(_evidence);

    [Benchmark]
    public bool Stripe() => _stripe.Verify(_evidence);

    [Benchmark]
    public bool Slack() => _slack.Verify(_evidence);

    [Benchmark]
    public bool StandardWebhooks() => _standard.Verify(_evidence);

    private static string Hex(string head) => Convert.ToHexStringLower(Mac(head));

    private static byte[] Mac(string head) => HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes(head), .. Body]);

    private sealed class Contender
    {
        private readonly WebhookVerifier _verifier;
        private readonly BenchmarkRequest _request;
        private readonly ReadOnlySequence<byte> _body = new(Body);

        public Contender(string scheme, BenchmarkRequest request)
        {
            var problems = new ProblemList();
            var node = SettingNode.Parse("benchmark", Encoding.UTF8.GetBytes(scheme), baseDirectory: null, problems)!;
            _verifier = WebhookVerifier.Create(
                Scheme.Parse(node, problems)!, new VerifierOptions { Secrets = [new Secret("current", Key)] }, node, problems)!;
            _request = request;
            if (!Verify(new Evidence()))
            {
                throw new InvalidOperationException("A refusal is no fair contender.");
            }
        }

        public bool Verify(Evidence evidence) =>
            _verifier.Preflight(_request, evidence, Now) == VerificationOutcome.Verified
            && _verifier.Verify(_request, evidence, _body).IsVerified;
    }
}
