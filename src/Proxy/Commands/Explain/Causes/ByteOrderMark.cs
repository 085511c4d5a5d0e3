using System.Text;

namespace Proxy.Commands.Explain.Causes;

/// <summary>A byte order mark came or went with a text conversion.</summary>
internal sealed class ByteOrderMark : BodyCause
{
    public override string Name => "byte-order-mark";

    public override string Advice => "Read and write the body as bytes, or as UTF-8 without a byte order mark.";

    public override Place Place => Place.Consumer;

    protected override IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body)
    {
        var mark = Encoding.UTF8.Preamble;
        return body.Span.StartsWith(mark)
            ? [("the body begins with a byte order mark, which was not signed", body[mark.Length..])]
            : [("the signed body begins with a byte order mark, which is gone", (byte[])[.. mark, .. body.Span])];
    }
}
