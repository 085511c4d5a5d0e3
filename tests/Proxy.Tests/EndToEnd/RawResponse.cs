using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>A response off the wire, its body without transfer coding.</summary>
internal sealed record RawResponse(HttpHead Head, byte[] Body)
{
    public int Status => Head.Status;

    /// <summary>The body as text, for the terse ones.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Head.Header(name);
}
