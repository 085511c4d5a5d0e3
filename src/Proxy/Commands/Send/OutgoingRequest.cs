namespace Proxy.Commands.Send;

/// <summary>A request as it goes out.</summary>
internal sealed record OutgoingRequest(
    string Method, Uri Url, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Url)
        {
            Content = new ReadOnlyMemoryContent(Body) { Headers = { { "Content-Type", ContentType } } },
        };
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>With one bit of the body the other way round.</summary>
    public OutgoingRequest WithTamperedBody()
    {
        byte[] bytes = Body.IsEmpty ? [0] : Body.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        return this with { Body = bytes };
    }

    /// <summary>With another character in the last header, which is the signature: one that hex and base64 both have.</summary>
    public OutgoingRequest WithTamperedSignature()
    {
        var (name, value) = Headers[^1];
        var at = value.Length - Math.Min(value.Length, 8);
        return this with { Headers = [.. Headers.SkipLast(1), new(name, $"{value[..at]}{(value[at] == '0' ? '1' : '0')}{value[(at + 1)..]}")] };
    }
}
