using Proxy.Commands.Demo;

namespace Proxy.Tests.Commands.Demo;

/// <summary>Against values computed once with OpenSSL: <c>printf BODY | openssl dgst -sha1 -hmac KEY</c>.</summary>
public sealed class ProviderSignatureTests
{
    [Fact]
    public void KnownBody_HasTheSignatureThatOpenSslGives()
    {
        var body = "{\"event\":\"chat:start\"}"u8;
        var at = DateTimeOffset.FromUnixTimeSeconds(1492774577);

        Assert.Equal(("X-Tawk-Signature", "77d03eb97ea8a8ae6a210d3529ba6f0e040bd284"), ProviderSignature.Tawk("a secret", body));
        Assert.Equal(("x-chatbase-signature", "77d03eb97ea8a8ae6a210d3529ba6f0e040bd284"), ProviderSignature.Chatbase("a secret", body));
        Assert.Equal(("x-protocol-signature", "ff7c795a9f827ddf180db92f5a2246107bcc42c72738111ce4a34102476d44a6"), ProviderSignature.Protocol("a secret", body));
        Assert.Equal(
            ("X-Webhook-Signature", "t=1492774577,v1=0e3a5f22910305aab64a81d051f8858c711364b1aed58b90072afef9dfe8cb9f"),
            ProviderSignature.Smarterbot("a secret", body, at));
    }
}
