using System.Text;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Hostile;

/// <summary>What judges the fuzzer's findings must not itself fall over whatever comes: then a seed, not a bug, would turn the tests red.</summary>
public sealed class OracleTests
{
    private const int Cases = 3000;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>SETTINGS, then an answer: its headers with the status as Kestrel writes it, its content, the end.</summary>
    private static readonly byte[] Answer =
    [
        0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100,
        0, 0, 11, 1, 4, 0, 0, 0, 1, 0x3f, 0xe1, 0x1f, 0x08, 3, (byte)'4', (byte)'0', (byte)'5', 0x5c, 1, (byte)'1',
        0, 0, 3, 0, 1, 0, 0, 0, 1, (byte)'a', (byte)'b', (byte)'c',
        0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void AnswerOfHttp2_IsRead()
    {
        var read = Http2Answers.Read(Answer);
        Assert.Equal([405], read.Statuses);
        Assert.Equal("\nabc", read.Text);
        Assert.InRange(read.Ended, 1, int.MaxValue);
    }

    [Fact]
    public void SpoiltAnswers_AreReadWithoutAnException()
    {
        for (var i = 0; i < Cases; i++)
        {
            _ = Http2Answers.Read(Dice.Of(1, i).Scramble(Answer));
        }
    }

    [Fact]
    public void SpoiltRequests_AreJudgedWithoutAnException()
    {
        for (var i = 0; i < Cases; i++)
        {
            var random = Dice.Of(2, i);
            var draft = GenuineWebhooks.Of(HostileRoutes.Ids[i % HostileRoutes.Ids.Count], $"w{i}", Now.AddSeconds(random.Pick<double>(0, 0, 1e10)));
            draft.With("X-Webhook-Verified", "true");
            var genuine = Http1Framing.WellFormed(draft);
            var objection = SecondOpinion.Objection(Recorded(draft, random.Scramble(genuine)), Now, out _, out _);
            // Of what is not spoilt, to show that there is something to judge.
            Assert.True(objection is not null || SecondOpinion.Objection(Recorded(draft, genuine), Now, out _, out _) is null);
        }
    }

    [Fact]
    public void SpoiltHandshakes_AreJudgedWithoutAnException()
    {
        for (var i = 0; i < Cases; i++)
        {
            var random = Dice.Of(3, i);
            var (sent, mac) = (Encoding.Latin1.GetString(random.Scramble("GET /h/twitter?crc_token=w1-0%41 HTTP/1.1\r\n\r\n"u8.ToArray())), Convert.ToBase64String(GenuineWebhooks.Sha256("twitter", "w1-0A")));
            _ = Handshaking.Objection(sent, Encoding.Latin1.GetString(random.Scramble(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n\r\nsha256={mac}"))));
        }
    }

    [Fact]
    public void MacOfATokenInTwoFrames_IsNoFinding()
    {
        var mac = Convert.ToHexStringLower(GenuineWebhooks.Sha256("zoom", "w12-0"));
        Assert.Null(Handshaking.Objection("plainToken in frames", $"\n\"plainToken\":\"w1\n2-0\",\"encryptedToken\":\"{mac}\""));
    }

    [Fact]
    public void MacThatTheClientHasSentItself_IsNoFinding()
    {
        var mac = Convert.ToHexStringLower(GenuineWebhooks.Sha256("zoom", "{\"forged\":1}"));
        Assert.Null(Handshaking.Objection($"hub.challenge={mac}", mac));
        Assert.NotNull(Handshaking.Objection("{\"forged\":1}", mac));
    }

    private static RecordedRequest Recorded(Draft draft, byte[] raw) =>
        new(new HttpHead("POST / HTTP/1.1", []), draft.Body, raw);
}
