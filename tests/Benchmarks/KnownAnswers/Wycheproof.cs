using System.Buffers;
using System.Text;
using System.Text.Json;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Benchmarks.KnownAnswers;

/// <summary>
/// Judges the test vectors of Project Wycheproof (https://github.com/C2SP/wycheproof, Apache-2.0), from a checkout of it, as the verifier judges a
/// webhook. They are not part of this repository: who has a checkout names its directory.
/// </summary>
internal static class Wycheproof
{
    private static readonly (string File, string Algorithm)[] Files =
    [
        ("hmac_sha1_test", "hmac-sha1"), ("hmac_sha256_test", "hmac-sha256"), ("hmac_sha384_test", "hmac-sha384"), ("hmac_sha512_test", "hmac-sha512"),
        ("ecdsa_secp256r1_sha256_test", "ecdsa-p256-sha256"), ("ed25519_test", "ed25519"),
        ("rsa_signature_2048_sha256_test", "rsa-pkcs1-sha256"), ("rsa_signature_3072_sha256_test", "rsa-pkcs1-sha256"), ("rsa_signature_4096_sha256_test", "rsa-pkcs1-sha256"),
    ];

    /// <summary>0 when every valid signature was accepted and every invalid one refused; 1 otherwise.</summary>
    public static int Run(string checkout)
    {
        var wrong = 0;
        foreach (var (file, algorithm) in Files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(checkout, "testvectors_v1", file + ".json")));
            var judged = document.RootElement.GetProperty("testGroups").EnumerateArray()
                .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => Judge(algorithm, group, test))).ToList();
            foreach (var vector in judged.Where(static vector => vector.IsWrong || vector.Expected == "acceptable"))
            {
                Console.WriteLine($"  {vector}");
            }

            wrong += judged.Count(static vector => vector.IsWrong);
            Console.WriteLine($"{file}: {judged.Count} vectors, {judged.Count(static vector => vector.Was == nameof(VerificationOutcome.Verified))} accepted, "
                + $"{judged.Count(static vector => vector.IsTruncated)} truncated tags refused, {judged.Count(static vector => vector.IsWrong)} wrong");
        }

        return wrong == 0 ? 0 : 1;
    }

    private static Vector Judge(string algorithm, JsonElement group, JsonElement test)
    {
        var isMac = algorithm.StartsWith("hmac", StringComparison.Ordinal);
        var key = isMac ? Text(test, "key") : Text(group, group.TryGetProperty("publicKeyDer", out _) ? "publicKeyDer" : "publicKeyAsn");
        var signature = Text(test, isMac ? "tag" : "sig");
        var outcome = Judge(algorithm, key, signature, Convert.FromHexString(Text(test, "msg")));

        // A tag that is cut short is nothing that a webhook's provider sends: it is refused, however right its beginning is.
        var size = isMac ? group.GetProperty("tagSize").GetInt32() : 0;
        var isTruncated = isMac && size < algorithm switch { "hmac-sha1" => 160, "hmac-sha256" => 256, "hmac-sha384" => 384, _ => 512 };
        return new Vector(test.GetProperty("tcId").GetInt32(), Text(test, "comment"), Text(test, "result"), isTruncated, outcome);
    }

    private static string Judge(string algorithm, string key, string signature, byte[] message)
    {
        var problems = new ProblemList();
        var json = $$"""
            { "algorithm": "{{algorithm}}", "secret": { "encoding": "hex" }, "content": "{body}", "signature": { "in": "header:X-Sig", "encoding": "hex" } }
            """;
        var node = SettingNode.Parse("wycheproof.json", Encoding.UTF8.GetBytes(json), baseDirectory: null, problems)!;
        var options = new VerifierOptions { Secrets = [new Secret("key", Encoding.ASCII.GetBytes(key))] };
        if (WebhookVerifier.Create(Scheme.Parse(node, problems)!, options, node, problems) is not { } verifier)
        {
            return "key refused";
        }

        var request = new BenchmarkRequest(("X-Sig", signature));
        var evidence = new Evidence();
        var outcome = verifier.Preflight(request, evidence, DateTimeOffset.UnixEpoch);
        return (outcome == VerificationOutcome.Verified ? verifier.Verify(request, evidence, new ReadOnlySequence<byte>(message)).Outcome : outcome).ToString();
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private sealed record Vector(int Id, string Comment, string Expected, bool IsTruncated, string Was)
    {
        public bool IsWrong => Expected switch
        {
            "valid" => (Was == nameof(VerificationOutcome.Verified)) == IsTruncated,
            "invalid" => Was == nameof(VerificationOutcome.Verified),
            _ => false,
        };
    }
}
