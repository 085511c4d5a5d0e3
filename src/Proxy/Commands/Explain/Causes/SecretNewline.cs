namespace Proxy.Commands.Explain.Causes;

/// <summary>The sender's secret was pasted, or read from a file, together with the newline at its end.</summary>
internal sealed class SecretNewline : SecretCause
{
    public override string Name => "secret-newline";

    public override string Advice => "Store the secret without the newline at its end, on the side that signs: 'printf %s', not 'echo'.";

    public override Place Place => Place.Sender;

    protected override IEnumerable<(string Detail, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Undo)> Ways =>
    [
        ("the secret that signed ends with a newline", static secret => (byte[])[.. secret.Span, .. "\n"u8]),
        ("the secret that signed ends with a carriage return and a newline", static secret => (byte[])[.. secret.Span, .. "\r\n"u8]),
    ];
}
