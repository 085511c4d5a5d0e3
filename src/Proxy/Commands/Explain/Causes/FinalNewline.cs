namespace Proxy.Commands.Explain.Causes;

/// <summary>A newline at the end of the body came or went.</summary>
internal sealed class FinalNewline : BodyCause
{
    public override string Name => "final-newline";

    public override string Advice => "Keep the body's last byte: 'echo' and editors add a newline, trimming takes one away; curl needs --data-binary.";

    public override Place Place => Place.Consumer;

    protected override IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body) =>
    [
        ("the signed body has no newline at its end", body.TrimEnd("\r\n"u8)),
        ("the signed body has a newline at its end", (byte[])[.. body.Span, .. "\n"u8]),
        ("the signed body has a carriage return and a newline at its end", (byte[])[.. body.Span, .. "\r\n"u8]),
    ];
}
