using System.Buffers;
using System.Security.Cryptography;
using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

/// <summary>Keys of large contents in a store of one process: one content, one key; another content, another.</summary>
public sealed class LocalContentDigestTests
{
    private const string BodyScheme = """
        { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Signature", "encoding": "hex" }, "content": "{body}" }
        """;

    private static readonly ReplayScope Scope = new("route", "scheme");

    [Theory]
    [InlineData(LocalContentDigest.Threshold)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public void HoweverItArrives_AContentHasOneKey(int length)
    {
        var digest = new LocalContentDigest();
        var body = RandomNumberGenerator.GetBytes(length);
        var whole = Key(new ReadOnlySequence<byte>(body), digest);

        Assert.All([1_000, 4_096, 65_536, 70_000], size => Assert.Equal(whole, Key(Pieces.Of(body, size), digest)));
    }

    [Theory]
    [InlineData(LocalContentDigest.Threshold)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void AnyOtherContent_HasAnotherKey(int length)
    {
        var digest = new LocalContentDigest();
        var body = new byte[length + 1];
        var keys = new List<ReplayKey> { Key(body.AsMemory(0, length)), Key(body), Key(body.AsMemory(1, length - 1)) };
        foreach (var at in (int[])[0, 1, length / 2, length - 16, length - 1])
        {
            body[at] = 1;
            keys.Add(Key(body.AsMemory(0, length)));
            body[at] = 0;
        }

        Assert.Equal(keys.Count, keys.Distinct().Count());

        ReplayKey Key(ReadOnlyMemory<byte> bytes) => LocalContentDigestTests.Key(new ReadOnlySequence<byte>(bytes), digest);
    }

    [Fact]
    public void OtherProcess_OtherKeys()
    {
        var body = new ReadOnlySequence<byte>(new byte[100_000]);

        Assert.NotEqual(Key(body, new LocalContentDigest()), Key(body, new LocalContentDigest()));
        Assert.Equal(Key(body, digest: null), Key(body, digest: null));
        Assert.NotEqual(Key(body, digest: null), Key(body, new LocalContentDigest()));
    }

    [Fact]
    public void SmallContents_HaveTheSharedKey()
    {
        var body = new ReadOnlySequence<byte>(new byte[LocalContentDigest.Threshold - 1]);

        Assert.Equal(Key(body, digest: null), Key(body, new LocalContentDigest()));
    }

    private static ReplayKey Key(in ReadOnlySequence<byte> body, LocalContentDigest? digest)
    {
        var verifier = TestScheme.Verifier(BodyScheme, "key");
        var evidence = new Evidence();
        var mac = Convert.ToHexString(HMACSHA256.HashData("key"u8, body.ToArray()));
        Assert.True(verifier.Judge(new TestRequest().With("X-Signature", mac), body, evidence).IsVerified);
        return Scope.ContentKey(evidence, body, digest);
    }
}
