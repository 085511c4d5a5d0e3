using System.Globalization;
using System.Text.Json;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Not all of the body arrived, or not all of it was signed.</summary>
internal sealed class Truncation : ICause
{
    private const int LongestGuess = 1 << 20;

    public string Name => "truncated-body";

    public string Advice => "Look for a limit on the size of bodies between the sender and the check, and for something that reads the body first.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var body = attempt.Request.Body;
        if (DeclaredLength(attempt.Request) is { } declared && declared > body.Length)
        {
            yield return new($"the body has {body.Length} bytes of the {declared} that Content-Length declares", Attempt: null);
        }
        else if (IsCutJson(body.Span))
        {
            yield return new("the body is JSON that ends in the middle", Attempt: null);
        }

        foreach (var length in SignedLengths(attempt.Request).Where(length => length < body.Length))
        {
            yield return new(
                length == 0 ? "an empty body was signed: something had read it before" : $"only the first {length} bytes of the body were signed",
                attempt.WithBody(body[..length]));
        }
    }

    private static IEnumerable<int> SignedLengths(CapturedRequest request)
    {
        yield return 0;
        if (DeclaredLength(request) is { } declared)
        {
            yield return (int)Math.Min(declared, int.MaxValue);
        }

        for (var length = 256; length <= LongestGuess; length *= 2)
        {
            yield return length;
            yield return length - 1;
        }
    }

    private static long? DeclaredLength(CapturedRequest request) =>
        long.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private static bool IsCutJson(ReadOnlySpan<byte> body)
    {
        if (body is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        try
        {
            // Not the final block: the reader waits for what is missing, and complains only of what is wrong.
            var reader = new Utf8JsonReader(body, isFinalBlock: false, state: default);
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
