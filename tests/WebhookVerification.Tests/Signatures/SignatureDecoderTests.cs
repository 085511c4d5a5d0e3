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
}
