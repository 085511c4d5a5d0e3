using System.Text;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Something on the way turned CRLF into LF, or LF into CRLF.</summary>
internal sealed class LineEndings : ICause
{
    public string Name => "line-endings";

    public string Advice => "Pass the body on as bytes: no text mode, no editor, no 'autocrlf' between the sender and the check.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var text = Encoding.Latin1.GetString(attempt.Request.Body.Span);
        var unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return
        [
            new("the body was signed with LF and has CRLF now", With(attempt, unix)),
            new("the body was signed with CRLF and has LF now", With(attempt, unix.Replace("\n", "\r\n", StringComparison.Ordinal))),
        ];
    }

    private static Attempt With(Attempt attempt, string latin1) => attempt.WithBody(Encoding.Latin1.GetBytes(latin1));
}
