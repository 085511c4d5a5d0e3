using System.Text;
using WebhookVerification.Signatures;

namespace WebhookVerification.Tests.Signatures;

public sealed class SecretFormatTests
{
    [Theory]
    [InlineData("utf8", null, "whsec_YWJj", "whsec_YWJj")]
    [InlineData("utf8", null, "616263", "616263")]
    [InlineData("utf8", "signkey-", "signkey-abc", "abc")]
    [InlineData("hex", null, "616263", "abc")]
    [InlineData("base64", null, "YWJj", "abc")]
    [InlineData("base64", "whsec_", "whsec_YWJj", "abc")]
    [InlineData("base64", "whsec_", "YWJj", "abc")]
    [InlineData("base64", null, "YWI", "ab")]
    public void LegalSecret_IsDecoded(string encoding, string? prefix, string secret, string key)
    {
        Assert.True(Format(encoding, prefix).TryDecode(Encoding.UTF8.GetBytes(secret), out var decoded));
        Assert.Equal(key, Encoding.UTF8.GetString(decoded));
    }

    [Theory]
    [InlineData("utf8", "")]
    [InlineData("utf8", "p_")]
    [InlineData("hex", "abc")]
    [InlineData("hex", "zz")]
    [InlineData("base64", "a")]
    [InlineData("base64", "-_-_")]
    [InlineData("base64", "ключ")]
    [InlineData("base64", "p_")]
    public void SecretOfAnotherForm_IsRefused(string encoding, string secret) =>
        Assert.False(Format(encoding, "p_").TryDecode(Encoding.UTF8.GetBytes(secret), out _));

    [Fact]
    public void UnusableSecret_IsAnErrorThatDoesNotShowIt()
    {
        var scheme = """
            { "algorithm": "hmac-sha256", "secret": { "encoding": "base64", "prefix": "whsec_" },
              "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{body}" }
            """;

        var error = Assert.Single(TestScheme.SecretErrors(scheme, "YWJj", "not base64!"));

        Assert.Contains("\"whsec_\" (optional) followed by base64", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not base64!", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SecretAsText_IsRedacted() =>
        Assert.DoesNotContain("hunter2", new Secret("current", "hunter2"u8.ToArray()).ToString(), StringComparison.Ordinal);

    private static SecretFormat Format(string encoding, string? prefix) =>
        new() { Encoding = Enum.Parse<SecretEncoding>(encoding, ignoreCase: true), Prefixes = prefix is null ? [] : [prefix] };
}
