using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>How a case leaves its connection.</summary>
internal enum Leave
{
    /// <summary>After the answers, in order.</summary>
    Orderly = 0,

    /// <summary>In the middle, with FIN.</summary>
    CutOff,

    /// <summary>In the middle, with RST.</summary>
    Reset,
}

/// <summary>What one connection sends: up to three messages, in pieces, some of it cut off. The same seed and number make the same bytes.</summary>
internal sealed class HostileCase
{
    private HostileCase(byte[] bytes, IReadOnlyList<int> pieces, int answers, Leave leave, bool isHttp2)
    {
        (Bytes, Pieces, Answers, Leave, IsHttp2) = (bytes, pieces, answers, leave, isHttp2);
    }

    public byte[] Bytes { get; }

    /// <summary>Where one write ends and the next begins.</summary>
    public IReadOnlyList<int> Pieces { get; }

    /// <summary>As many as an obedient client would wait for.</summary>
    public int Answers { get; }

    public Leave Leave { get; }

    public bool IsHttp2 { get; }

    public static HostileCase Make(int seed, int number, DateTimeOffset now)
    {
        var random = Dice.Of(seed, number);
        var isHttp2 = random.OneIn(4);
        var requests = random.Pick(1, 1, 1, 2, 3);
        var drafts = new List<Draft>();
        for (var i = 0; i < requests; i++)
        {
            drafts.Add(MakeDraft(random, string.Create(CultureInfo.InvariantCulture, $"w{number}-{(random.OneIn(9) ? 0 : i)}"), now));
        }

        byte[] bytes = isHttp2 ? Http2Framing.Write(drafts, random) : [.. drafts.SelectMany(draft => Http1Framing.Write(draft, random))];
        if (random.OneIn(6))
        {
            bytes = random.Scramble(bytes);
        }

        var leave = random.Next(16) switch { 0 => Leave.CutOff, 1 => Leave.Reset, _ => Leave.Orderly };
        if (leave != Leave.Orderly)
        {
            bytes = bytes[..random.Next(bytes.Length + 1)];
        }

        return new HostileCase(bytes, Cut(bytes.Length, random), requests, leave, isHttp2);
    }

    /// <summary>Can be pasted into a test, or into <c>printf</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var b in Bytes)
        {
            _ = b is >= (byte)' ' and < 0x7f and not ((byte)'\\' or (byte)'"') ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        return $"{(IsHttp2 ? "HTTP/2" : "HTTP/1.1")}, {Leave}, writes end at [{string.Join(' ', Pieces)}]: \"{text}\"";
    }

    private static Draft MakeDraft(Random random, string unique, DateTimeOffset now)
    {
        var at = now.AddSeconds(random.Next(8) == 0 ? random.Pick(-301, -300, 60, 61, -100_000, 100_000) : -random.Next(60));
        var draft = random.OneIn(10) ? Handshaking.Ask(random, unique, at) : GenuineWebhooks.Of(random.Pick([.. HostileRoutes.Ids]), unique, at);
        for (var mutations = random.Pick(0, 1, 1, 1, 2, 3); mutations > 0; mutations--)
        {
            Mutations.Apply(draft, random);
        }

        return draft;
    }

    private static List<int> Cut(int length, Random random)
    {
        var pieces = new SortedSet<int> { length };
        var count = random.Next(8) switch { 0 => 40, 1 or 2 => 3, _ => 0 };
        for (var i = 0; i < count && length > 0; i++)
        {
            pieces.Add(count == 40 ? Math.Min(length, i + 1) : random.Next(1, length + 1));
        }

        return [.. pieces];
    }
}
