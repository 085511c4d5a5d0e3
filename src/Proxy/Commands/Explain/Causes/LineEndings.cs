using System.Text;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Something on the way turned CRLF into LF, or LF into CRLF.</summary>
internal sealed class LineEndings : BodyCause
{
    public override string Name => "line-endings";

    public override string Advice => "Pass the body on as bytes: no text mode, no editor, no 'autocrlf' between the sender and the check.";

    public override Place Place => Place.Proxy;

    protected override IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.Latin1.GetString(body.Span);
        var unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return
        [
            ("the body was signed with LF and has CRLF now", Encoding.Latin1.GetBytes(unix)),
            ("the body was signed with CRLF and has LF now", Encoding.Latin1.GetBytes(unix.Replace("\n", "\r\n", StringComparison.Ordinal))),
        ];
    }
}
