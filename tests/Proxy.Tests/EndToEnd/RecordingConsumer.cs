using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Proxy.Tests.EndToEnd;

/// <summary>An upstream on a bare socket that keeps every byte of every request and answers as the test says.</summary>
internal sealed class RecordingConsumer : IAsyncDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="port">Where to listen; 0 lets the system choose.</param>
    public RecordingConsumer(int port = 0)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        Address = new Uri($"http://{_listener.LocalEndPoint}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How each request is answered; 200 with the body "OK" unless a test says otherwise.</summary>
    public Func<RecordedRequest, ConsumerReply> Respond { get; set; } = _ => ConsumerReply.Answer(200, "OK");

    /// <summary>False for runs so long that nothing could hold them: then only <see cref="Respond"/> sees a request.</summary>
    public bool KeepsRequests { get; set; } = true;

    /// <summary>Complete requests in the order of their arrival; a request is here before its answer leaves.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Connections taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Waits until this many requests have come, and returns the last of them.</summary>
    public async Task<RecordedRequest> WaitForRequestAsync(int count = 1)
    {
        await Deadline.Until(() => _requests.Count >= count, $"{count} request(s) at the consumer");
        return Requests[count - 1];
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _ended.CancelAsync();
        await _accepting;
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Values);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                _connections[connection] = ServeAsync(connection);
            }
        }
        catch (SocketException)
        {
            // The listener is disposed: the test is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using var _ = connection;
        try
        {
            var wire = new HttpWire(connection);
            while (await wire.ReadHeadAsync() is { } head)
            {
                var body = await wire.ReadBodyAsync(head);
                var request = new RecordedRequest(head, body, wire.TakeRaw());
                if (KeepsRequests)
                {
                    _requests.Enqueue(request);
                }

                if (!await AnswerAsync(connection, Respond(request)))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The proxy broke off, or the test is over; what arrived whole is recorded.
        }
    }

    private async Task<bool> AnswerAsync(Socket connection, ConsumerReply reply)
    {
        await reply.BeforeHead.WaitAsync(_ended.Token);
        await connection.SendAsync(reply.Head);
        await reply.BeforeBody.WaitAsync(_ended.Token);
        await connection.SendAsync(reply.Body);
        if (reply.End == ConnectionEnd.Reset)
        {
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        return reply.End == ConnectionEnd.KeepAlive;
    }
}

/// <summary>A request off the wire.</summary>
/// <param name="Head">Request line and headers as received.</param>
/// <param name="Body">Without transfer coding.</param>
/// <param name="Raw">Every byte of it, framing included.</param>
internal sealed record RecordedRequest(HttpHead Head, byte[] Body, byte[] Raw)
{
    public string Method => Head.StartLine.Split(' ')[0];

    public string Target => Head.StartLine.Split(' ')[1];

    public string? Header(string name) => Head.Header(name);
}
