using System.Buffers;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Webhooks.Forwarding;

/// <summary>What reaches the client's connection, write by write.</summary>
public sealed class BufferedContentTests
{
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task Body_IsWrittenAndNothingIsFlushedForItsHeaders()
    {
        using var content = new BufferedContent(new ReadOnlySequence<byte>(Body));
        await using var connection = new Connection();
        await content.CopyToAsync(connection);

        Assert.Equal(["write"], connection.Calls);
        Assert.Equal(Body, connection.ToArray());
        Assert.Equal(Body.Length, content.Headers.ContentLength);
    }

    [Fact]
    public async Task WriteThatHangs_IsSeenAsNotOver()
    {
        using var content = new BufferedContent(new ReadOnlySequence<byte>(Body));
        await using var connection = new Connection { Gate = new TaskCompletionSource() };
        Assert.True(content.Sending.IsCompleted);

        var copy = content.CopyToAsync(connection);
        Assert.False(content.Sending.IsCompleted);

        connection.Gate.SetResult();
        await copy;
        Assert.True(content.Sending.IsCompleted);
    }

    private sealed class Connection : MemoryStream
    {
        public List<string> Calls { get; } = [];

        public TaskCompletionSource? Gate { get; init; }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Calls.Add("flush");
            return Task.CompletedTask;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Calls.Add("write");
            await (Gate?.Task ?? Task.CompletedTask);
            Write(buffer.Span);
        }
    }
}
