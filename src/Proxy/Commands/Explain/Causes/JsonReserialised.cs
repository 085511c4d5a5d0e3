using System.Text.Json;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Something parsed the body and wrote it again: the same JSON, other bytes.</summary>
internal sealed class JsonReserialised : BodyCause
{
    public override string Name => "json-reserialised";

    public override string Advice => "Sign and check the bytes on the wire: take the raw body, not what a parser or framework writes again.";

    public override Place Place => Place.Consumer;

    protected override IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body)
    {
        if (Parse(body) is not { } json)
        {
            yield break;
        }

        using (json)
        {
            foreach (var style in JsonStyle.All)
            {
                if (Write(json.RootElement, style) is { } written)
                {
                    yield return ($"the same JSON was signed, written in another way: {style}", written);
                }
            }
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for a string that is no text: half of a surrogate pair, bytes that are no UTF-8.</summary>
    private static byte[]? Write(JsonElement json, JsonStyle style)
    {
        try
        {
            return style.Write(json);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
