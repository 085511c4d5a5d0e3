using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Benchmarks.Timing;

/// <summary>
/// Whether the time of a refusal tells where a guessed signature is wrong: at its first byte, or at its last one. After dudect (Reparaz, Balasch,
/// Verbauwhede, "Dude, is my code constant time?", 2017): the two classes in random order, the slowest tenth left out, Welch's t-test. A comparison that
/// stops at the first difference is measured under the same conditions, so that a test that sees nothing is known not to be blind.
/// </summary>
internal static class ComparisonTiming
{
    private const int Samples = 4_000_000;
    private const int WarmUp = 200_000;
    private const int Variants = 32;
    private const double Kept = 0.9;

    private static readonly byte[] Body = "{}"u8.ToArray();
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("a secret of thirty-two characters");

    /// <summary>0 when nothing leaks and the control does; 1 otherwise.</summary>
    public static int Run()
    {
        var mac = HMACSHA256.HashData(Key, Body);
        var hmac = Measure("hmac-sha256", Verifier("hmac-sha256", "\"encoding\": \"hex\"", "\"content\": \"{body}\""), mac, Convert.ToHexStringLower, control: false);
        var token = Measure("token", Verifier("token", null, null), Key[..32], Encoding.Latin1.GetString, control: false);
        var control = Measure("control: stops at the first difference", Verifier("hmac-sha256", "\"encoding\": \"hex\"", "\"content\": \"{body}\""), mac, Convert.ToHexStringLower, control: true);
        Console.WriteLine(control.Leaks ? "the control is found" : "BLIND: the control is not found, so that the rest says nothing");
        return hmac.Leaks || token.Leaks || !control.Leaks ? 1 : 0;
    }

    private static WelchTest Measure(string name, WebhookVerifier verifier, byte[] expected, Func<byte[], string> write, bool control)
    {
        var random = new Random(1);
        byte[][][] wrong = [Wrong(expected, 0), Wrong(expected, expected.Length - 1)];

        // Made by turns, so that no class lies better in memory than the other.
        BenchmarkRequest[][] requests = [new BenchmarkRequest[Variants], new BenchmarkRequest[Variants]];
        for (var i = 0; i < 2 * Variants; i++)
        {
            requests[i % 2][i / 2] = new BenchmarkRequest(("X-Sig", write(wrong[i % 2][i / 2])));
        }

        var evidence = new Evidence();
        var body = new ReadOnlySequence<byte>(Body);
        var test = new WelchTest();
        var first = new List<long>(WarmUp);
        var slowest = long.MaxValue;
        for (var i = 0; i < Samples + WarmUp; i++)
        {
            var @class = random.Next(2);
            var variant = random.Next(Variants);
            var request = requests[@class][variant];

            // What reads the header is not measured: it has looked at no secret.
            _ = verifier.Preflight(request, evidence, DateTimeOffset.UnixEpoch);
            var start = Stopwatch.GetTimestamp();
            var result = verifier.Verify(request, evidence, body);
            var equal = control && EqualsUntilItDiffers(expected, wrong[@class][variant]);
            var took = Stopwatch.GetTimestamp() - start;
            if (result.IsVerified || equal)
            {
                throw new InvalidOperationException("A wrong signature was accepted.");
            }

            if (i < WarmUp)
            {
                first.Add(took);
            }
            else if (i == WarmUp)
            {
                first.Sort();
                slowest = first[(int)(first.Count * Kept)];
            }

            if (i >= WarmUp && took <= slowest)
            {
                test.Add(@class, took * 1e9 / Stopwatch.Frequency);
            }
        }

        Console.WriteLine($"{name}: {test.Count} refusals, last byte less first byte {test.Difference:+0.000;-0.000} ns, t = {test.T:0.0}; "
            + $"found with a power of 99 % would be {test.Detectable:0.000} ns: {(test.Leaks ? "leaks" : "no leak")}");
        return test;
    }

    /// <summary>Wrong values at one place.</summary>
    private static byte[][] Wrong(byte[] expected, int at) => [.. Enumerable.Range(0, Variants).Select(variant =>
    {
        var signature = expected.ToArray();
        signature[at] ^= (byte)(1 + variant);
        return signature;
    })];

    private static bool EqualsUntilItDiffers(byte[] left, byte[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
            {
                return false;
            }
        }

        return true;
    }

    private static WebhookVerifier Verifier(string algorithm, string? encoding, string? content)
    {
        var problems = new ProblemList();
        var json = $$"""{ "algorithm": "{{algorithm}}", "signature": { {{string.Join(", ", new[] { "\"in\": \"header:X-Sig\"", encoding }.OfType<string>())}} }{{(content is null ? "" : ", " + content)}} }""";
        var node = SettingNode.Parse("timing.json", Encoding.UTF8.GetBytes(json), baseDirectory: null, problems)!;
        var secret = algorithm == "token" ? Key[..32] : Key;
        return WebhookVerifier.Create(Scheme.Parse(node, problems)!, new VerifierOptions { Secrets = [new Secret("current", secret)] }, node, problems)
            ?? throw new InvalidOperationException(string.Join('\n', problems.Errors));
    }
}
