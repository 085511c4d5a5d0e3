namespace Proxy.Commands.Explain.Causes;

/// <summary>White space or quotes came along when the proxy's secret was written down.</summary>
internal sealed class SecretWhitespace : SecretCause
{
    public override string Name => "secret-whitespace";

    public override string Advice => "Take the white space, or the quotes, around the proxy's secret away: of a file, exactly one newline at its end is ignored.";

    public override Place Place => Place.Proxy;

    protected override IEnumerable<(string Detail, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Undo)> Ways =>
    [
        ("the secret as configured has white space around it", static secret => secret.Trim(" \t\r\n"u8)),
        ("the secret as configured has quotes around it", static secret => secret.Trim(" \t\r\n\"'"u8)),
    ];
}
