namespace Proxy.Commands.Explain.Causes;

/// <summary>A newline at the end of the body came or went.</summary>
internal sealed class FinalNewline : ICause
{
    public string Name => "final-newline";

    public string Advice => "Keep the body's last byte: 'echo' and editors add a newline, trimming takes one away; curl needs --data-binary.";

    public Place Place => Place.Consumer;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var body = attempt.Request.Body;
        return
        [
            new("the signed body has no newline at its end", attempt.WithBody(body.TrimEnd("\r\n"u8))),
            new("the signed body has a newline at its end", attempt.WithBody((byte[])[.. body.Span, .. "\n"u8])),
            new("the signed body has a carriage return and a newline at its end", attempt.WithBody((byte[])[.. body.Span, .. "\r\n"u8])),
        ];
    }
}
