namespace Proxy.Commands.Requests;

/// <summary>What a body without a Content-Type most likely is.</summary>
internal static class BodyKind
{
    public static string ContentType(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) switch
    {
        [] or [(byte)'{' or (byte)'[', ..] => "application/json",
        var text when text.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && text.Contains((byte)'=') => "application/x-www-form-urlencoded",
        _ => "application/octet-stream",
    };
}
