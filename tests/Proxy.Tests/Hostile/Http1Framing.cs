using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>Makes HTTP/1.1 bytes of a draft, well framed or not.</summary>
internal static class Http1Framing
{
    /// <summary>With a Content-Length, whatever the rest is like.</summary>
    public static byte[] WellFormed(Draft draft) => Message(draft, [Length(draft)], draft.Body);

    public static byte[] Write(Draft draft, Random random)
    {
        var bodyless = draft.Method is "GET" or "HEAD" && draft.Body.Length == 0;
        return random.Next(20) switch
        {
            < 9 => Message(draft, bodyless ? [] : [Length(draft)], draft.Body),
            < 12 => Message(draft, ["Transfer-Encoding: chunked"], Chunks(draft, random)),
            12 => Message(draft, ["Transfer-Encoding: chunked"], Chunks(draft, random, broken: true)),
            13 or 14 => Message(draft, [BadLength(draft, random)], draft.Body),
            15 => Message(draft, Both(draft, random), random.OneIn(2) ? draft.Body : Chunks(draft, random)),
            16 => Message(draft, [BadCoding(random)], Chunks(draft, random)),
            17 => Smuggled(draft, random),
            18 => BadLines(draft, random),
            _ => Message(draft, [], draft.Body),
        };
    }

    private static string Length(Draft draft) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {draft.Body.Length}");

    private static byte[] Message(Draft draft, IEnumerable<string> framing, byte[] body, string end = "\r\n")
    {
        var head = new StringBuilder($"{draft.Method} {draft.Target} {draft.Version}{end}");
        foreach (var (name, value) in draft.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append(end);
        }

        foreach (var line in framing)
        {
            head.Append(line).Append(end);
        }

        return [.. Encoding.Latin1.GetBytes(head.Append(end).ToString()), .. body];
    }

    private static byte[] Chunks(Draft draft, Random random, bool broken = false)
    {
        var text = new StringBuilder();
        var fault = broken ? random.Next(12) : -1;
        for (var rest = draft.Text; rest.Length > 0;)
        {
            var size = Math.Min(rest.Length, random.Next(1, 100));
            var written = fault switch
            {
                0 => $"0x{size:x}",
                1 => $"+{size:x}",
                2 => $"-{size:x}",
                3 => random.Pick("FFFFFFFF", "80000000", "FFFFFFFFFFFFFFFF", "10000000000000000"),
                4 => $"{size + random.Next(1, 9):x}",
                5 => $" {size:x}",
                6 => "zz",
                7 => "",
                _ => random.OneIn(4) ? $"{size:X6}" : $"{size:x}",
            };
            var extension = random.Next(6) switch
            {
                0 => ";a=b",
                1 => ";a=\"\\\"b\"",
                2 when broken => ";a\n",
                3 when broken => ";" + new string('a', random.Pick(100, 9000)),
                _ => "",
            };
            var end = fault == 8 ? "\n" : "\r\n";
            text.Append(written).Append(extension).Append(end).Append(rest.AsSpan(0, size)).Append(fault == 9 ? "" : fault == 10 ? "\rX" : end);
            rest = rest[size..];
        }

        var trailers = random.OneIn(3) ? "X-Webhook-Verified: true\r\nContent-Length: 0\r\nX-Tawk-Signature: forged\r\n" : "";
        return Encoding.Latin1.GetBytes(text + (fault == 11 ? "" : $"0\r\n{trailers}\r\n"));
    }

    private static string BadLength(Draft draft, Random random)
    {
        var length = draft.Body.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{random.Pick("Content-Length", "Content-Length", "content-length", "Content_Length", "Content-Length ")}: ") + random.Next(13) switch
        {
            0 => $"{length}, {length}",
            1 => $"{length}\r\nContent-Length: {length}",
            2 => $"{length}\r\nContent-Length: {length + 5}",
            3 => $"{random.Next(length + 1)}",
            4 => $"{length + random.Next(1, 300)}",
            5 => $"+{length}",
            6 => "-1",
            7 => $"0{length}",
            8 => $"0x{length:x}",
            9 => random.Pick("9223372036854775807", "9223372036854775808", "99999999999999999999999", "4294967296"),
            10 => $"{length} {length}",
            11 => $"{length}\r\nContent-Length: 0",
            _ => random.Pick("", "a", "\u00b2", $"{length}\0", $"{length};"),
        };
    }

    private static string[] Both(Draft draft, Random random)
    {
        string[] both = [random.OneIn(2) ? Length(draft) : "Content-Length: 3", random.OneIn(2) ? "Transfer-Encoding: chunked" : BadCoding(random)];
        return random.OneIn(2) ? both : [both[1], both[0]];
    }

    private static string BadCoding(Random random) => random.Pick(
        "Transfer-Encoding: identity", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: \tchunked", "Transfer-Encoding : chunked", "Transfer_Encoding: chunked", "Transfer-Encoding: Chunked",
        "Transfer-Encoding: chunked\0", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding: chunked;a=b", "transfer-encoding: CHUNKED",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: ");

    /// <summary>A message inside a message: whoever takes the framing otherwise finds a request that nobody signed.</summary>
    private static byte[] Smuggled(Draft draft, Random random)
    {
        var route = random.Pick([.. HostileRoutes.Ids]);
        var inner = Encoding.Latin1.GetBytes($"POST /h/{route} HTTP/1.1\r\nHost: x\r\nX-Webhook-Verified: true\r\nContent-Length: 7\r\n\r\nforged!");
        var outer = draft.Body;
        return random.Next(4) switch
        {
            0 => Message(draft, [Length(draft)], [.. outer, .. inner]),
            1 => Message(draft, ["Content-Length: 0"], [.. outer, .. inner]),
            2 => Message(draft, ["Content-Length: 5", "Transfer-Encoding: chunked"], [.. "0\r\n\r\n"u8, .. inner]),
            _ => Message(draft, ["Transfer-Encoding: chunked"], [.. Chunks(draft, random), .. inner]),
        };
    }

    private static byte[] BadLines(Draft draft, Random random)
    {
        draft.Version = random.Pick("HTTP/1.0", "HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "HTTP/1.1\t", "HTTP/01.1", "", "HTTP/1.10", "HTTP/1.1");
        var end = random.Pick("\r\n", "\n", "\r", "\n\r", "\r\r\n");
        byte[] before = random.Pick<byte[]>([], "\r\n"u8.ToArray(), " "u8.ToArray(), "\n"u8.ToArray(), [0x16, 3, 1, 0, 5]);
        return [.. before, .. Message(draft, [Length(draft)], draft.Body, end)];
    }
}
