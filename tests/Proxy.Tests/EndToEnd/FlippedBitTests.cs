using System.Text;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>A genuine webhook with one bit changed is no webhook, whichever bit it is.</summary>
public sealed class FlippedBitTests
{
    // The case of a letter: a digest in upper-case hex is the same digest, so this bit alone decides nothing.
    private const int CaseBit = 0x20;

    private static readonly byte[] Body = "{\"event\":\"chat:start\",\"name\":\"Zo\u00eb\"}\r\n"u8.ToArray();

    public static TheoryData<string> Providers => ["tawk", "smarterbot", "chatbase", "protocol"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AnyBitOfTheBody_IsRefused(string provider)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var signature = Signature(proxy, provider, Body);

        await AssertAllRefusedAsync(
            proxy, provider, Flips(Body).Select(body => RawRequest.Post($"/webhooks/{provider}", body, signature)));

        Assert.Equal(200, (await proxy.SendSignedAsync(provider, Body)).Status);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AnyBitOfTheSignature_IsRefused(string provider)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var (name, value) = Signature(proxy, provider, Body);

        await AssertAllRefusedAsync(
            proxy,
            provider,
            Flips(Encoding.Latin1.GetBytes(value), except: CaseBit)
                .Select(flipped => RawRequest.Post($"/webhooks/{provider}", Body, (name, Encoding.Latin1.GetString(flipped)))));

        Assert.Equal(200, (await proxy.SendSignedAsync(provider, Body)).Status);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task BitsOfALargeBody_AreRefused(string provider)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var body = new byte[300 * 1024];
        var signature = Signature(proxy, provider, body);
        int[] positions = [0, 4096, 65_535, 65_536, body.Length / 2, body.Length - 1];

        await AssertAllRefusedAsync(proxy, provider, positions.Select(position =>
        {
            var flipped = body.ToArray();
            flipped[position] ^= 0x01;
            return RawRequest.PostChunked($"/webhooks/{provider}", flipped, 10_000, signature);
        }));
    }

    private static async Task AssertAllRefusedAsync(ProxyFixture proxy, string provider, IEnumerable<byte[]> requests)
    {
        var sent = 0;
        foreach (var request in requests)
        {
            Refusals.AssertProblem(await proxy.SendAsync(request), 400);
            sent++;
        }

        Assert.Empty(proxy.Consumer.Requests);
        Assert.Equal(sent, (await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("route", provider), ("outcome", "rejected")));
    }

    private static (string Name, string Value) Signature(ProxyFixture proxy, string provider, byte[] body) =>
        ProviderSignature.Of(provider, ProxyFixture.Secret, body, proxy.Clock.GetUtcNow());

    /// <summary>The bytes with one bit changed, for every bit of every byte.</summary>
    private static IEnumerable<byte[]> Flips(byte[] bytes, int except = 0)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0x01; bit <= 0x80; bit <<= 1)
            {
                if (bit != except)
                {
                    var flipped = bytes.ToArray();
                    flipped[i] ^= (byte)bit;
                    yield return flipped;
                }
            }
        }
    }
}
