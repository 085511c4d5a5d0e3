using System.Buffers;
using System.Globalization;
using WebhookVerification.Content;

namespace WebhookVerification.Handshakes;

/// <summary>
/// The form of a token that a computed answer signs: <c>[A-Za-z0-9_-]{1,128}</c>, one class of characters and a length. No more of
/// regular expressions than that, so that it can be proven at load that no pattern lets signed content through: a caller who
/// chose the token freely could have the proxy sign a forged body.
/// </summary>
internal sealed class TokenPattern
{
    private const int MaxLength = 128;

    /// <summary>Any JSON, any form, and any "time.body" has one of these.</summary>
    private const string NeverLegal = "{}:.&= \t\r\n";

    private readonly SearchValues<byte> _legal;
    private readonly int _min;
    private readonly int _max;

    private TokenPattern(SearchValues<byte> legal, int min, int max) => (_legal, _min, _max) = (legal, min, max);

    /// <summary>Null, and what is wrong in <paramref name="error"/>, when the pattern is not of the form or lets too much through.</summary>
    public static TokenPattern? Parse(string text, out string error)
    {
        error = "expected one class of characters and a length, such as [A-Za-z0-9_-]{1,128}";
        var end = text.IndexOf("]{", StringComparison.Ordinal);
        if (end < 2 || text[0] != '[' || text[^1] != '}' || text[(end + 2)..^1].Split(',') is not [var least, var most]
            || !int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            || !int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var max) || min < 1 || max < min
            || Expand(text[1..end]) is not { } legal)
        {
            return null;
        }

        if (max > MaxLength)
        {
            error = $"a token has at most {MaxLength} bytes";
            return null;
        }

        if (legal.FindIndex(static b => !char.IsAscii((char)b) || char.IsControl((char)b) || NeverLegal.Contains((char)b)) is >= 0 and var wrong)
        {
            error = $"it allows '{(char)legal[wrong]}'; none of {{ }} : . & = and white space may stand in a token, or signed content could be asked for";
            return null;
        }

        return new TokenPattern(SearchValues.Create(legal.ToArray()), min, max);
    }

    public bool Matches(ReadOnlySpan<byte> token) =>
        token.Length >= _min && token.Length <= _max && !token.ContainsAnyExcept(_legal);

    /// <summary>Whether content is of the form of a token: whoever may ask for a token's MAC could have asked for this one.</summary>
    public bool Matches(in SignedContent content)
    {
        if (content.Length > _max)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        content.CopyTo(bytes);
        return Matches(bytes[..(int)content.Length]);
    }

    private static List<byte>? Expand(string characters)
    {
        var legal = new List<byte>();
        for (var i = 0; i < characters.Length; i++)
        {
            var first = characters[i];
            var isRange = i + 2 < characters.Length && characters[i + 1] == '-';
            var last = isRange ? characters[i + 2] : first;
            if (first is '^' or '\\' or '[' or > '\x7e' || last < first || last > '\x7e')
            {
                return null;
            }

            legal.AddRange(Enumerable.Range(first, last - first + 1).Select(static c => (byte)c));
            i += isRange ? 2 : 0;
        }

        return legal;
    }
}
