using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>Makes HTTP/2 frames (RFC 9113) of drafts by hand, well formed or not; headers as HPACK literals (RFC 7541, 6.2.2), never indexed.</summary>
internal static class Http2Framing
{
    private const byte Data = 0, Headers = 1, Priority = 2, Reset = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>No dynamic table: answers then are literals that a test can read.</summary>
    private static readonly byte[] NoTable = [0, 1, 0, 0, 0, 0];

    public static byte[] Write(IReadOnlyList<Draft> drafts, Random random)
    {
        var bytes = new List<byte>(random.OneIn(60) ? Preface[..^1] : Preface);
        Frame(bytes, Settings, 0, 0, NoTable);
        Frame(bytes, Settings, Ack, 0, []);
        var stream = 1;
        foreach (var draft in drafts)
        {
            if (random.OneIn(8))
            {
                Stray(bytes, random, stream);
            }

            Request(bytes, draft, random, random.OneIn(40) ? random.Pick(0, 2, 1, int.MaxValue) : stream);
            stream += 2;
        }

        return [.. bytes];
    }

    private static void Request(List<byte> bytes, Draft draft, Random random, int stream)
    {
        var block = Encode(Fields(draft, random));
        var fault = random.Next(30);
        var bodyless = draft.Body.Length == 0 && random.OneIn(2);
        var flags = (byte)((bodyless ? EndStream : 0) | EndHeaders);
        switch (fault)
        {
            case 0:
                var half = random.Next(block.Length + 1);
                Frame(bytes, Headers, (byte)(flags & ~EndHeaders), stream, block[..half]);
                Frame(bytes, random.OneIn(4) ? Data : Continuation, EndHeaders, stream, block[half..]);
                break;
            case 1:
                Frame(bytes, Headers, (byte)(flags | Padded), stream, [(byte)random.Pick(0, 5, 255), .. block, .. new byte[5]]);
                break;
            case 2:
                Frame(bytes, Headers, flags, stream, random.Scramble(block));
                break;
            case 3:
                Frame(bytes, Headers, flags, stream, block);
                Frame(bytes, Headers, flags, stream, block);
                break;
            default:
                Frame(bytes, Headers, flags, stream, block);
                break;
        }

        if (fault == 4)
        {
            Frame(bytes, Reset, 0, stream, [0, 0, 0, 8]);
        }

        if (!bodyless)
        {
            Body(bytes, draft.Body, random, stream, endless: fault == 5, trailers: fault is 6 or 7);
        }
    }

    private static void Body(List<byte> bytes, byte[] body, Random random, int stream, bool endless, bool trailers)
    {
        var sizes = random.OneIn(3) ? random.Next(1, 60) : 16_000;
        for (var at = 0; at < body.Length; at += sizes)
        {
            var piece = body[at..Math.Min(body.Length, at + sizes)];
            var padding = random.OneIn(10);
            Frame(bytes, Data, padding ? Padded : (byte)0, stream, padding ? [(byte)3, .. piece, 0, 0, 0] : piece);
        }

        if (trailers)
        {
            Frame(bytes, Headers, EndHeaders | EndStream, stream, Encode([("x-webhook-verified", "true"), random.Pick(("x-late", "1"), (":path", "/h/tawk"), ("content-length", "0"))]));
        }
        else if (!endless)
        {
            Frame(bytes, Data, EndStream, stream, []);
        }
    }

    private static List<(string Name, string Value)> Fields(Draft draft, Random random)
    {
        var authority = draft.Headers.FirstOrDefault(static header => header.Name == "Host").Value ?? "";
        var fields = new List<(string, string)>
        {
            (":method", draft.Method), (":scheme", random.OneIn(40) ? random.Pick("https", "ftp", "") : "http"), (":authority", authority), (":path", draft.Target),
        };
        foreach (var (name, value) in draft.Headers)
        {
            if (name != "Host" || random.OneIn(6))
            {
                fields.Add((random.OneIn(60) ? name : name.ToLowerInvariant(), value));
            }
        }

        if (random.OneIn(3))
        {
            fields.Add(("content-length", (draft.Body.Length + (random.OneIn(4) ? random.Pick(-1, 1, 100) : 0)).ToString(CultureInfo.InvariantCulture)));
        }

        switch (random.Next(25))
        {
            case 0:
                fields.Add(random.Pick((":path", "/h/tawk"), (":method", "GET"), (":authority", "evil"), (":unknown", "1"), (":status", "200"), (":protocol", "websocket")));
                break;
            case 1:
                fields.RemoveAt(random.Next(4));
                break;
            case 2:
                fields.Insert(random.Next(5), random.Pick((":path", "/h/gitlab"), (":protocol", "websocket"), ("a", "b")));
                break;
            case 3:
                fields.Add(random.Pick(("transfer-encoding", "chunked"), ("connection", "close"), ("te", "gzip"), ("upgrade", "h2c"), ("host", "evil.example"), ("cookie", "a=b"), ("cookie", "c=d")));
                break;
        }

        return fields;
    }

    /// <summary>Frames that belong to nothing.</summary>
    private static void Stray(List<byte> bytes, Random random, int stream)
    {
        byte[] word = [0, 0, (byte)random.Next(256), (byte)random.Next(256)];
        var (type, flags, id, payload) = random.Next(11) switch
        {
            0 => (Ping, (byte)0, 0, new byte[8]),
            1 => (Ping, (byte)0, random.Pick(0, stream), new byte[random.Pick(0, 7, 8)]),
            2 => (WindowUpdate, (byte)0, random.Pick(0, stream), random.Pick<byte[]>([0, 0, 0, 0], [0x7f, 255, 255, 255], word)),
            3 => (Settings, (byte)0, 0, [0, (byte)random.Next(9), .. word]),
            4 => (Settings, Ack, 0, word),
            5 => (GoAway, (byte)0, 0, new byte[8]),
            6 => (Priority, (byte)0, stream, [0, 0, 0, (byte)stream, 1]),
            7 => (PushPromise, EndHeaders, stream, [.. word, .. Encode([(":path", "/h/tawk")])]),
            8 => ((byte)random.Next(10, 256), (byte)random.Next(256), stream, word),
            9 => (Reset, (byte)0, stream, word),
            _ => (Data, EndStream, stream, word),
        };
        Frame(bytes, type, flags, id, payload);
    }

    private static void Frame(List<byte> bytes, byte type, byte flags, int stream, byte[] payload)
    {
        Span<byte> head = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(head[..4], payload.Length << 8);
        head[3] = type;
        head[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(head[5..], stream);
        bytes.AddRange(head);
        bytes.AddRange(payload);
    }

    private static byte[] Encode(IEnumerable<(string Name, string Value)> fields)
    {
        var block = new List<byte>();
        foreach (var (name, value) in fields)
        {
            block.Add(0);
            Text(name);
            Text(value);
        }

        return [.. block];

        void Text(string text)
        {
            // A prefix of seven bits, then seven bits at a time.
            var rest = text.Length;
            if (rest < 127)
            {
                block.Add((byte)rest);
            }
            else
            {
                block.Add(127);
                for (rest -= 127; rest >= 128; rest >>= 7)
                {
                    block.Add((byte)((rest & 127) | 128));
                }

                block.Add((byte)rest);
            }

            block.AddRange(Encoding.Latin1.GetBytes(text));
        }
    }
}
