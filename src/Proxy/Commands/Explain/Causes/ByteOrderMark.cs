using System.Text;

namespace Proxy.Commands.Explain.Causes;

/// <summary>A byte order mark came or went with a text conversion.</summary>
internal sealed class ByteOrderMark : ICause
{
    public string Name => "byte-order-mark";

    public string Advice => "Read and write the body as bytes, or as UTF-8 without a byte order mark.";

    public Place Place => Place.Consumer;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var body = attempt.Request.Body;
        var mark = Encoding.UTF8.Preamble;
        return body.Span.StartsWith(mark)
            ? [new("the body begins with a byte order mark, which was not signed", attempt.WithBody(body[mark.Length..]))]
            : [new("the signed body begins with a byte order mark, which is gone", attempt.WithBody((byte[])[.. mark, .. body.Span]))];
    }
}
