using Proxy.Webhooks.Messages;

namespace Proxy.Tests.Webhooks.Messages;

public class RequestTargetTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/webhooks/tawk")]
    [InlineData("/webhooks/tawk?a=1&b=%41%2f..")]
    [InlineData("/a/x%2Fy?x=%41")]
    [InlineData("/v1.0/hooks.php?next=/../x")]
    [InlineData("/a..b/...")]
    [InlineData("/%E2%82%AC")]
    [InlineData("/a%zz")]
    [InlineData("/a%u00zz")]
    [InlineData("/a?x=%c0%ae")]
    [InlineData("/%ef%bc%8e%F0%9F%98%80")]
    [InlineData("/a;v=..")]
    public void OriginForm_ReturnsItUnchanged(string target) => Assert.Same(target, RequestTarget.ToOriginForm(target));

    [Theory]
    [InlineData("http://host/hooks/a?x=1", "/hooks/a?x=1")]
    [InlineData("https://host:8443/", "/")]
    [InlineData("http://host", "/")]
    [InlineData("http://host?x=1", "/?x=1")]
    public void AbsoluteForm_ReturnsPathAndQuery(string target, string expected) =>
        Assert.Equal(expected, RequestTarget.ToOriginForm(target));

    [Theory]
    [InlineData("/admin/../hooks/a")]
    [InlineData("/hooks/./a")]
    [InlineData("/hooks/..")]
    [InlineData("/..")]
    [InlineData("/admin/%2e%2e/hooks/a")]
    [InlineData("/admin/.%2E/hooks/a")]
    [InlineData("/admin/%2e./hooks/a")]
    [InlineData("/hooks/%2e")]
    [InlineData("/admin/..;/hooks/a")]
    [InlineData("/admin/..;x=y/hooks/a")]
    [InlineData("/admin/%2e%2e;x/hooks/a")]
    [InlineData("/admin/..%3bx/hooks/a")]
    [InlineData("/hooks/a%2f..%2fb")]
    [InlineData("/hooks/a%5c..%5cb")]
    [InlineData("/hooks/a%2F%2e%2e")]
    [InlineData("/admin/%252e%252e/hooks/a")]
    [InlineData("/admin/%25252e./hooks/a")]
    [InlineData("/admin/%c0%ae%c0%ae/hooks/a")]
    [InlineData("/admin/%e0%80%ae./hooks/a")]
    [InlineData("/admin/%f0%80%80%ae./hooks/a")]
    [InlineData("/admin/..%c0%afhooks/a")]
    [InlineData("/admin/%25c0%25ae%c0%ae/hooks/a")]
    [InlineData("/admin/%u002e%u002E/hooks/a")]
    [InlineData("/admin/..%25u002fhooks/a")]
    [InlineData("http://host/admin/../hooks/a")]
    public void DotSegmentInAnySpelling_ReturnsNull(string target) => Assert.Null(RequestTarget.ToOriginForm(target));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("host:443")]
    [InlineData("://host/a")]
    [InlineData("/hooks/a\\..\\b")]
    [InlineData("/hooks/a\\b")]
    [InlineData("/hooks/a#frag")]
    [InlineData("/hooks/a?x#frag")]
    [InlineData("/hooks/a\tb")]
    [InlineData("/hooks/a b")]
    [InlineData("/hooks/a\u007f")]
    [InlineData("/hooks/\u00e9")]
    [InlineData("/hooks/a%00")]
    [InlineData("/hooks/a%0d%0aX:y")]
    [InlineData("/hooks/a%2500")]
    [InlineData("/hooks/%E9")]
    [InlineData("/hooks/%ed%a0%80")]
    public void BytesThatAreNoTarget_ReturnsNull(string target) => Assert.Null(RequestTarget.ToOriginForm(target));

    [Fact]
    public void EscapesNestedTooDeepToFollow_ReturnsNull() =>
        Assert.Null(RequestTarget.ToOriginForm("/a/%" + string.Concat(Enumerable.Repeat("25", 5)) + "41/b"));
}
