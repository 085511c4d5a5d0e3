using System.Text;
using WebhookVerification.Content;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Handshakes;

/// <summary>The compiled text of an answer: literals, values of the request, MACs of its token.</summary>
internal sealed class AnswerTemplate
{
    private readonly AnswerPart[] _parts;

    private AnswerTemplate(AnswerPart[] parts, IReadOnlyList<ValueSource> sources, bool isComputed)
    {
        _parts = parts;
        Sources = sources;
        IsComputed = isComputed;
    }

    /// <summary>Every value of the request in it.</summary>
    public IReadOnlyList<ValueSource> Sources { get; }

    /// <summary>Whether something in it is signed with the policy's key.</summary>
    public bool IsComputed { get; }

    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the template is not legal.</summary>
    /// <param name="template">Text, placeholders of sources, and <c>{hmac:SOURCE:hex}</c> or <c>{hmac:SOURCE:base64}</c>.</param>
    /// <param name="inJson">Whether echoes stand inside JSON.</param>
    /// <param name="pattern">The form of tokens; null where none is given, and nothing may be computed.</param>
    /// <param name="error">What is wrong.</param>
    public static AnswerTemplate? Compile(string template, bool inJson, TokenPattern? pattern, out string error)
    {
        if (TemplateParser.Parse(template, out error) is not { } tokens)
        {
            return null;
        }

        var parts = new List<AnswerPart>();
        var sources = new List<ValueSource>();
        foreach (var token in tokens)
        {
            if (token.Literal is { } text)
            {
                parts.Add(new LiteralAnswer(Encoding.UTF8.GetBytes(text)));
            }
            else if (token is { Name: "hmac", Argument: { } argument } && Split(argument, out var isHex) is { } tokenSource)
            {
                if (pattern is null)
                {
                    error = $"\"{token}\" needs a 'tokenPattern': whoever chooses the token freely has the proxy sign what they like";
                    return null;
                }

                sources.Add(tokenSource);
                parts.Add(new ComputedAnswer(tokenSource, pattern, isHex));
            }
            else if (token.Segment is null && SourceNotation.Create(token.Name, token.Argument) is { } source)
            {
                sources.Add(source);
                parts.Add(new Echo(source, inJson));
            }
            else
            {
                error = $"\"{token}\" is no placeholder of an answer; legal are "
                    + string.Join(", ", SourceNotation.Legal.Select(static legal => $"{{{legal}}}")) + ", {hmac:SOURCE:hex}, {hmac:SOURCE:base64}";
                return null;
            }
        }

        return new AnswerTemplate([.. parts], sources, parts.Exists(static part => part is ComputedAnswer));
    }

    /// <summary>Null where the request must not get the answer.</summary>
    public byte[]? Fill(in RequestView view, VerificationKey key)
    {
        var answer = view.Evidence.Content;
        answer.Clear();
        foreach (var part in _parts)
        {
            if (!part.Write(view, key, answer))
            {
                return null;
            }
        }

        return answer.Written.ToArray();
    }

    private static ValueSource? Split(string argument, out bool isHex)
    {
        var colon = argument.LastIndexOf(':');
        var encoding = argument[(colon + 1)..];
        isHex = encoding == "hex";
        return colon > 0 && encoding is "hex" or "base64" ? SourceNotation.Parse(argument[..colon]) : null;
    }
}
