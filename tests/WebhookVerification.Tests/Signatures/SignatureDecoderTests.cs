using WebhookVerification.Signatures;

namespace WebhookVerification.Tests.Signatures;

public sealed class SignatureDecoderTests
{
    /// <summary>Digests of 20, 32, 48 and 64 bytes, and lengths between: decoding in place went wrong where the digits filled no whole vector.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(64)]
    public void HexInsideBase64_IsDecodedAtAnyLength(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0xA0, length).Select(static value => (byte)value)];
        var text = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        var destination = new byte[SignatureDecoder.MaxDecodedLength(SignatureEncoding.Base64Hex, text.Length)];

        Assert.True(SignatureDecoder.TryDecode(SignatureEncoding.Base64Hex, text, destination, out var written));
        Assert.Equal(bytes, destination[..written]);
    }

    /// <summary>Of the spellings that differ in bits which stand for nothing, one counts.</summary>
    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 4)]
    [InlineData(3, 1)]
    [InlineData(20, 4)]
    [InlineData(32, 4)]
    [InlineData(64, 16)]
    public void Base64WithSpareBitsSet_IsRefused(int length, int spellings)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var text = Convert.ToBase64String([.. Enumerable.Range(0xA0, length).Select(static value => (byte)value)]);
        var last = text.TrimEnd('=').Length - 1;
        var value = alphabet.IndexOf(text[last], StringComparison.Ordinal);
        for (var spare = 0; spare < spellings; spare++)
        {
            var spelt = $"{text[..last]}{alphabet[value + spare]}{text[(last + 1)..]}";
            var destination = new byte[SignatureDecoder.MaxDecodedLength(SignatureEncoding.Base64, spelt.Length)];
            Assert.Equal(spare == 0, SignatureDecoder.TryDecode(SignatureEncoding.Base64, spelt, destination, out _));
        }
    }
}
