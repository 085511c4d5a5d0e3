using System.Text;
using System.Text.Json;
using WebhookVerification.Content;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Handshakes;

/// <summary>One piece of an answer.</summary>
internal abstract class AnswerPart
{
    /// <summary>Appends the piece. False where the request must not get it.</summary>
    public abstract bool Write(in RequestView view, VerificationKey key, ContentBuffer into);
}

/// <summary>Text of the answer itself.</summary>
internal sealed class LiteralAnswer(byte[] text) : AnswerPart
{
    public override bool Write(in RequestView view, VerificationKey key, ContentBuffer into)
    {
        into.Append(text);
        return true;
    }
}

/// <summary>A value of the request, said back: short, and inside JSON as JSON writes it.</summary>
internal sealed class Echo(ValueSource source, bool inJson) : AnswerPart
{
    private const int MaxLength = 512;

    public override bool Write(in RequestView view, VerificationKey key, ContentBuffer into)
    {
        var scratch = view.Evidence.Scratch;
        scratch.Clear();
        if (source.Write(view, scratch) != VerificationOutcome.Verified || scratch.Length is 0 or > MaxLength)
        {
            return false;
        }

        into.Append(inJson ? JsonEncodedText.Encode(Encoding.UTF8.GetString(scratch.Written)).EncodedUtf8Bytes : scratch.Written);
        return true;
    }
}

/// <summary><c>{hmac:SOURCE:ENCODING}</c>: the scheme's MAC of a token, under the first secret.</summary>
internal sealed class ComputedAnswer(ValueSource source, TokenPattern pattern, bool isHex) : AnswerPart
{
    public override bool Write(in RequestView view, VerificationKey key, ContentBuffer into)
    {
        var scratch = view.Evidence.Scratch;
        scratch.Clear();
        Span<byte> mac = stackalloc byte[HashKind.MaxSize];
        if (source.Write(view, scratch) != VerificationOutcome.Verified || !pattern.Matches(scratch.Written)
            || !key.TrySign(scratch.Written, mac, out var length))
        {
            return false;
        }

        into.Append(Encoding.ASCII.GetBytes(isHex ? Convert.ToHexStringLower(mac[..length]) : Convert.ToBase64String(mac[..length])));
        return true;
    }
}
