using Microsoft.AspNetCore.Http;
using Proxy.Webhooks.Messages;

namespace Proxy.Tests.Webhooks.Messages;

public sealed class RequestShapeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hooks.example.com")]
    [InlineData("hooks.example.com.:8080")]
    [InlineData("my_proxy:8080")]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]:8080")]
    public void NameOrAddress_IsAHost(string host) => Assert.True(IsWellFormed(host));

    [Theory]
    [InlineData("(a..b")]
    [InlineData("a_..b")]
    [InlineData("a_b:c")]
    [InlineData(".a_b")]
    [InlineData(":_")]
    [InlineData("a,b")]
    [InlineData("a%2eb")]
    [InlineData("user@example.com")]
    [InlineData("x_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com")]
    public void AnythingElse_IsNone(string host) => Assert.False(IsWellFormed(host));

    /// <summary>It goes into X-Forwarded-Host by a way that throws for names that are none.</summary>
    [Fact]
    public void AnyHostThatPasses_CanBeWritten()
    {
        var random = new Random(1);
        var passed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var host = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.GetItems(["a", "_", ".", ":", "-", "[", "]", "%", "(", "8", new string('b', 31)], 1)[0]));
            if (IsWellFormed(host))
            {
                _ = new HostString(host).ToUriComponent();
                passed++;
            }
        }

        Assert.InRange(passed, 1000, 20_000);
    }

    private static bool IsWellFormed(string host)
    {
        var context = new DefaultHttpContext { Request = { Method = "POST", Protocol = "HTTP/1.1", Headers = { Host = host } } };
        return RequestShape.IsWellFormed(context);
    }
}
