using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>
/// Reads HTTP/1.1 messages off a socket, byte by byte as they came: no HTTP library stands between a test and the wire.
/// </summary>
internal sealed class HttpWire(Socket socket)
{
    private readonly byte[] _chunk = new byte[64 * 1024];
    private readonly List<byte> _ahead = [];
    private readonly List<byte> _raw = [];

    /// <summary>Every byte of what was read since the last call, framing included.</summary>
    public byte[] TakeRaw()
    {
        byte[] raw = [.. _raw];
        _raw.Clear();
        return raw;
    }

    /// <summary>Start line and headers, up to and including the empty line; null when the peer closes before the first byte.</summary>
    public async Task<HttpHead?> ReadHeadAsync()
    {
        int end;
        while ((end = IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync())
            {
                return _ahead.Count == 0 ? null : throw new EndOfStreamException($"The peer closed within a head: {Text(_ahead)}");
            }
        }

        return HttpHead.Parse(Take(end + 4));
    }

    /// <summary>The content of a message with this head, decoded from chunks where it is chunked.</summary>
    public async Task<byte[]> ReadBodyAsync(HttpHead head, bool untilClose = false)
    {
        if (head.Header("Transfer-Encoding") is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadChunksAsync();
        }

        if (head.Header("Content-Length") is { } length)
        {
            return await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }

        return untilClose ? await ReadToEndAsync() : [];
    }

    /// <summary>Whatever still comes until the peer closes or resets the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        while (await FillAsync())
        {
        }

        return Take(_ahead.Count);
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        var body = new List<byte>();
        while (true)
        {
            var size = int.Parse((await ReadLineAsync()).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                // Trailers, then the empty line.
                while ((await ReadLineAsync()).Length > 0)
                {
                }

                return [.. body];
            }

            body.AddRange(await ReadExactlyAsync(size));
            await ReadLineAsync();
        }
    }

    private async Task<string> ReadLineAsync()
    {
        int end;
        while ((end = IndexOf("\r\n"u8)) < 0)
        {
            await FillOrThrowAsync();
        }

        return Text(Take(end + 2))[..^2];
    }

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        while (_ahead.Count < count)
        {
            await FillOrThrowAsync();
        }

        return Take(count);
    }

    private async Task FillOrThrowAsync()
    {
        if (!await FillAsync())
        {
            throw new EndOfStreamException($"The peer closed within a message, after: {Text(_ahead)}");
        }
    }

    private async Task<bool> FillAsync()
    {
        try
        {
            var read = await socket.ReceiveAsync(_chunk.AsMemory());
            _ahead.AddRange(_chunk.AsSpan(0, read));
            return read > 0;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private int IndexOf(ReadOnlySpan<byte> mark) =>
        CollectionsMarshal.AsSpan(_ahead).IndexOf(mark);

    private byte[] Take(int count)
    {
        var taken = CollectionsMarshal.AsSpan(_ahead)[..count].ToArray();
        _ahead.RemoveRange(0, count);
        _raw.AddRange(taken);
        return taken;
    }

    private static string Text(IEnumerable<byte> bytes) => Encoding.Latin1.GetString([.. bytes]);
}
