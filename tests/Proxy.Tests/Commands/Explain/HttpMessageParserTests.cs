using System.Text;
using Proxy.Commands;
using Proxy.Commands.Explain;

namespace Proxy.Tests.Commands.Explain;

public sealed class HttpMessageParserTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Message_IsReadWithItsBodyByteForByte(string newLine)
    {
        byte[] body = [0, 13, 10, 13, 10, 255];
        var head = string.Join(newLine, "PUT /in?a=1 HTTP/1.1", "x-one:  1 ", "X-Two: a: b", "", "");
        var request = HttpMessageParser.ParseMessage("file", (byte[])[.. Encoding.Latin1.GetBytes(head), .. body]);
        Assert.Equal(("PUT", "/in?a=1", "1", "a: b"), (request.Method, request.Target, request.Header("X-One"), request.Header("x-two")));
        Assert.Equal(body, request.Body.ToArray());
    }

    /// <summary>Not a character is written another way: the proxy signs what was sent.</summary>
    [Theory]
    [InlineData("http://a.example/%7Eme?x=%7e&y=a|b", "/%7Eme?x=%7e&y=a|b")]
    [InlineData("HTTPS://a.example?x=1", "/?x=1")]
    [InlineData("http://a.example", "/")]
    public void AbsoluteTarget_IsCutAsTheProxyCutsIt(string target, string origin) =>
        Assert.Equal(origin, HttpMessageParser.ParseMessage("file", Encoding.UTF8.GetBytes($"POST {target} HTTP/1.1\n\n")).Target);

    [Fact]
    public void FoldedLine_GoesOnWithTheOneBefore()
    {
        var fields = HttpMessageParser.ParseHeaders("file", "X-One: a\r\n  b\r\nX-Two: c\r\n"u8.ToArray());
        Assert.Equal([new("X-One", "a b"), new("X-Two", "c")], fields);
    }

    [Fact]
    public void Headers_MayHaveARequestLineAndLatin1()
    {
        var fields = HttpMessageParser.ParseHeaders("file", (byte[])[.. "POST / HTTP/1.1\nX-One: "u8, 0xe9]);
        Assert.Equal([new("X-One", "é")], fields);
    }

    [Fact]
    public void RepeatedLines_AreAllKept()
    {
        var request = HttpMessageParser.ParseMessage("file", "POST / HTTP/1.1\nX: 1\nx: 2\n\n"u8.ToArray());
        Assert.Equal((2, true), (request.GetHeader("X", out _), request.Body.IsEmpty));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{}")]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("POST /\nA: 1\n\n")]
    [InlineData("POST * HTTP/1.1\nA: 1\n\n")]
    [InlineData("POST / HTTP/1.1\nno header\n\n")]
    [InlineData("POST / HTTP/1.1\n: no name\n\n")]
    [InlineData("POST / HTTP/1.1\nA : blank before the colon\n\n")]
    public void BrokenMessage_IsAUsageErrorThatNamesTheFile(string message) => Assert.StartsWith(
        "capture.http",
        Assert.Throws<UsageException>(() => HttpMessageParser.ParseMessage("capture.http", Encoding.UTF8.GetBytes(message))).Message,
        StringComparison.Ordinal);
}
