using System.IO.Compression;

namespace Proxy.Commands.Explain.Causes;

/// <summary>The signature covers the body before compression, or the body was decompressed on the way.</summary>
internal sealed class Compression : BodyCause
{
    private const int MostBytes = 16 * 1024 * 1024;

    public override string Name => "compression";

    public override string Advice => "Check the bytes that were signed: switch decompression off before the check, or compression off at the sender.";

    public override Place Place => Place.Proxy;

    protected override IEnumerable<(string Detail, ReadOnlyMemory<byte> Body)> Undo(ReadOnlyMemory<byte> body)
    {
        (string Name, Func<Stream, Stream> Open)[] formats =
        [
            ("gzip", static stream => new GZipStream(stream, CompressionMode.Decompress)),
            ("deflate", static stream => new ZLibStream(stream, CompressionMode.Decompress)),
            ("br", static stream => new BrotliStream(stream, CompressionMode.Decompress)),
        ];
        foreach (var (name, open) in formats)
        {
            if (Decompress(body, open) is { } plain)
            {
                yield return ($"the body was signed before it was compressed ({name})", plain);
            }
        }

        foreach (var level in new[] { CompressionLevel.Optimal, CompressionLevel.Fastest, CompressionLevel.SmallestSize })
        {
            yield return ("the body was signed compressed (gzip) and is decompressed now", Compress(body, level));
        }
    }

    private static byte[]? Decompress(ReadOnlyMemory<byte> body, Func<Stream, Stream> open)
    {
        try
        {
            using var plain = open(new MemoryStream(body.ToArray()));
            var bytes = new byte[MostBytes];
            var length = plain.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length is > 0 and < MostBytes ? bytes[..length] : null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Compress(ReadOnlyMemory<byte> body, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(body.Span);
        }

        return compressed.ToArray();
    }
}
