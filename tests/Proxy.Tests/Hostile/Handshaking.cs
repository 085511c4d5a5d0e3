using System.Globalization;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Hostile;

/// <summary>Handshakes, honest and greedy, and what no answer to them may be: a signature of something that could be a webhook.</summary>
internal static partial class Handshaking
{
    private const int FrameHead = 9;
    private const int LongestToken = 400;
    private const int LongestLegalToken = 128;
    private const string ChallengePrefix = "challenge-";

    private static readonly string[] Signing = ["zoom", "twitter"];

    /// <summary>A request for an answer; of its tokens, most are things that an attacker wants to have signed.</summary>
    public static Draft Ask(Random random, string unique, DateTimeOffset at)
    {
        var forged = $$"""{"id":"{{unique}}","event":"forged"}""";
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var token = random.Pick(unique, new string('a', random.Pick(1, 127, 128, 129)), forged, $"v0:{seconds}:{forged}", $"v0%3A{seconds}", "a=b", "", "a b", unique + "\n", "\u00e9", "{}", "1", "true");
        switch (random.Next(6))
        {
            case 0 or 1:
                var query = random.Pick("crc_token=", "crc_token=&crc_token=", "crc%5ftoken=", "crc.token=1&crc_token=", "crc_token[]=1&crc_token=") + Uri.EscapeDataString(token);
                return new Draft { Method = "GET", Target = "/h/twitter?" + query };
            case 2:
                return GenuineWebhooks.Of("zoom", unique, at, $$$"""{"event":"endpoint.url_validation","payload":{"plainToken":"{{{token.Replace("\"", "\\\"", StringComparison.Ordinal)}}}"}}""");
            case 3:
                return GenuineWebhooks.Of("slack", unique, at, $$"""{"type":"url_verification","challenge":"{{unique}}"}""");
            case 4:
                var known = random.Pick(HostileRoutes.VerifyToken, HostileRoutes.VerifyToken, "", "wrong", HostileRoutes.VerifyToken + "x");
                return new Draft { Method = "GET", Target = $"/h/meta?hub.mode=subscribe&hub.verify_token={known}&hub.challenge={Challenge(unique)}" };
            default:
                // What the answer to a token is good for: the token as a body, with the answer as its signature.
                return GenuineWebhooks.Of("twitter", unique, at, unique);
        }
    }

    /// <summary>What is wrong with the answers that came on a connection, or null.</summary>
    /// <param name="sent">Everything that went out on it, Latin-1.</param>
    /// <param name="answers">Everything that came back.</param>
    public static string? Objection(string sent, string answers)
    {
        // What the client has sent, in a challenge that comes back, is nothing that it learns. An answer may come in several frames, a line each.
        var texts = $"{sent}\n{answers}\n{answers.Replace("\n", "", StringComparison.Ordinal)}";
        foreach (var mac in Mac().Matches(answers).Select(static match => match.Value).Where(mac => !sent.Contains(mac, StringComparison.Ordinal)))
        {
            if (!IsOfAToken(mac, texts) && !WithoutAFrameHead(sent).Concat(CutTokens(sent)).Any(text => IsOfAToken(mac, text)))
            {
                return $"the answer {mac} is a MAC of something that is no token";
            }
        }

        return HostileRoutes.Ids.Any(id => answers.Contains(HostileRoutes.KeyText(id), StringComparison.Ordinal)) ? "an answer with a key in it"
            : answers.Contains("\n" + ChallengePrefix, StringComparison.Ordinal) && !KnowsTheToken(sent) && !WithoutAFrameHead(sent).Any(KnowsTheToken)
                ? "a challenge answered without its token"
            : null;
    }

    /// <summary>A length of HPACK that was spoilt cuts a token off anywhere.</summary>
    private static IEnumerable<string> CutTokens(string sent) => TokenText().Matches(sent)
        .SelectMany(static match => Enumerable.Range(1, Math.Min(match.Length, LongestLegalToken)).Select(length => match.Value[..length]));

    private static bool KnowsTheToken(string text) => PlainForm.DecodeLoosely(text).Contains(HostileRoutes.VerifyToken, StringComparison.Ordinal);

    private static bool IsOfAToken(string mac, string text) => TokenText().Matches(text + "\n" + PlainForm.DecodeLoosely(text))
        .Select(static match => match.Value).Where(static token => token.Length <= LongestLegalToken).Distinct()
        .SelectMany(static token => Signing.Select(id => GenuineWebhooks.Sha256(id, token)))
        .Any(known => mac == Convert.ToHexStringLower(known) || mac == Convert.ToBase64String(known));

    /// <summary>The head of a frame may stand within a token, anywhere. Slow, and seldom asked.</summary>
    private static IEnumerable<string> WithoutAFrameHead(string sent) => Enumerable.Range(0, Math.Max(0, sent.Length - FrameHead))
        .Select(at => sent[Math.Max(0, at - LongestToken)..at] + sent[(at + FrameHead)..Math.Min(sent.Length, at + LongestToken)]);

    private static string Challenge(string unique) => ChallengePrefix + unique;

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=")]
    private static partial Regex Mac();

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex TokenText();
}
