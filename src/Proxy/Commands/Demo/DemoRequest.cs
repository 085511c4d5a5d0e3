using System.Text;

namespace Proxy.Commands.Demo;

/// <summary>A signed webhook, ready to be sent as often as a demo likes.</summary>
internal sealed record DemoRequest(string Path, ReadOnlyMemory<byte> Body, (string Name, string Value) Signature)
{
    /// <summary>Signs for the provider's route of the shipped configuration.</summary>
    public static DemoRequest Sign(SampleWebhook webhook, string secret, DateTimeOffset at) => new(
        $"/webhooks/{webhook.Provider}",
        webhook.Body,
        ProviderSignature.Of(webhook.Provider, secret, webhook.Body.Span, at));

    /// <summary>The same signature over a body in which one byte is another.</summary>
    public DemoRequest Tamper()
    {
        var body = Body.ToArray();
        body[body.Length / 2] ^= 1;
        return this with { Body = body };
    }

    public HttpRequestMessage ToMessage() => new(HttpMethod.Post, Path)
    {
        Content = new ReadOnlyMemoryContent(Body) { Headers = { { "Content-Type", "application/json" } } },
        Headers = { { Signature.Name, Signature.Value } },
    };

    /// <summary>Whether the consumer got this request, byte by byte.</summary>
    public bool IsSameAs(ConsumedRequest received) =>
        received.Method == HttpMethod.Post.Method && received.Target == Path && received.Body.Span.SequenceEqual(Body.Span);

    /// <summary>A command line that sends it, for a shell whose quotes the body does not contain.</summary>
    public string ToCurl(Uri proxy) =>
        $"curl -i {new Uri(proxy, Path)} -H '{Signature.Name}: {Signature.Value}' --data-binary '{Encoding.UTF8.GetString(Body.Span)}'";
}
