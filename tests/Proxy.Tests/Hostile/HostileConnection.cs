using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>Plays one case on a connection of its own, and says what came back. What the server does to the connection is its right.</summary>
internal static class HostileConnection
{
    /// <summary>Every byte of the answers. Fails if the server does not end a connection whose client has.</summary>
    /// <param name="server">Where to play it.</param>
    /// <param name="play">The case.</param>
    /// <param name="patience">How long to wait for an answer that may never come, before saying that nothing more is coming from here.</param>
    public static async Task<byte[]> PlayAsync(Uri server, HostileCase play, TimeSpan patience)
    {
        using var socket = await ConnectAsync(server.Port);
        var answers = new List<byte>();
        try
        {
            await SendAsync(socket, play);
            if (play.Leave == Leave.Reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return [];
            }

            if (play.Leave == Leave.CutOff || !await ReadAnswersAsync(socket, play, answers, patience))
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            await Deadline.Within(ReadToEndAsync(socket, answers), "the end of a connection whose client has ended it");
        }
        catch (SocketException)
        {
            // The server has closed it.
        }

        return [.. answers];
    }

    /// <summary>Thousands of connections a second can use up the client's ports for a while: that is not the server's fault.</summary>
    private static async Task<Socket> ConnectAsync(int port)
    {
        Socket? connected = null;
        await Deadline.Until(
            async () =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
                    connected = socket;
                    return true;
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.TimedOut)
                {
                    socket.Dispose();
                    return false;
                }
            },
            "a port to connect from");
        return connected!;
    }

    private static async Task SendAsync(Socket socket, HostileCase play)
    {
        var from = 0;
        foreach (var to in play.Pieces)
        {
            for (var piece = play.Bytes.AsMemory(from, to - from); !piece.IsEmpty;)
            {
                piece = piece[await Deadline.Within(socket.SendAsync(piece, SocketFlags.None).AsTask(), "bytes to be taken")..];
            }

            from = to;
            await Task.Yield();
        }
    }

    /// <summary>False when the client loses its patience, or has what it waited for.</summary>
    private static async Task<bool> ReadAnswersAsync(Socket socket, HostileCase play, List<byte> answers, TimeSpan patience)
    {
        var chunk = new byte[4096];
        using var impatience = new CancellationTokenSource();
        while (!IsAnswered(play, answers))
        {
            impatience.CancelAfter(patience);
            try
            {
                var read = await socket.ReceiveAsync(chunk, SocketFlags.None, impatience.Token);
                if (read == 0)
                {
                    return true;
                }

                answers.AddRange(chunk.AsSpan(0, read));
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsAnswered(HostileCase play, List<byte> answers)
    {
        if (play.IsHttp2)
        {
            return Http2Answers.Read([.. answers]).Ended >= play.Answers;
        }

        var text = Encoding.Latin1.GetString([.. answers]);
        return text.Split("HTTP/1.1 ").Length > play.Answers && !text.EndsWith("\r\n", StringComparison.Ordinal);
    }

    private static async Task ReadToEndAsync(Socket socket, List<byte> answers)
    {
        var chunk = new byte[4096];
        int read;
        while ((read = await socket.ReceiveAsync(chunk, SocketFlags.None)) > 0)
        {
            answers.AddRange(chunk.AsSpan(0, read));
        }
    }
}
