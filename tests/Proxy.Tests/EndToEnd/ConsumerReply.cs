using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>What becomes of a connection once a <see cref="ConsumerReply"/> is out.</summary>
public enum ConnectionEnd
{
    KeepAlive = 0,
    Close,
    Reset,
}

/// <summary>What a <see cref="RecordingConsumer"/> does with a request: the bytes it sends, when, and how it leaves the connection.</summary>
internal sealed record ConsumerReply
{
    /// <summary>Sent first: status line and headers, or garbage.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Nothing is sent until a test completes this.</summary>
    public Task BeforeHead { get; init; } = Task.CompletedTask;

    /// <summary>The head is out, the body waits until a test completes this.</summary>
    public Task BeforeBody { get; init; } = Task.CompletedTask;

    public ConnectionEnd End { get; init; }

    /// <summary>An orderly answer.</summary>
    public static ConsumerReply Answer(int status, string body = "", params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} Answer\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        var content = Encoding.UTF8.GetBytes(body);
        head.Append("Content-Length: ").Append(content.Length).Append("\r\n\r\n");
        return new ConsumerReply { Head = Encoding.Latin1.GetBytes(head.ToString()), Body = content };
    }

    /// <summary>Something that is not HTTP, then the end of the connection.</summary>
    public static ConsumerReply Garbage(string latin1) =>
        new() { Head = Encoding.Latin1.GetBytes(latin1), End = ConnectionEnd.Close };

    /// <summary>No answer at all: the connection ends once the request is read.</summary>
    public static ConsumerReply Silence(ConnectionEnd end) => new() { Head = default, End = end };
}
