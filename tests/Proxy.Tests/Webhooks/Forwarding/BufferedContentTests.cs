using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Webhooks.Forwarding;

/// <summary>What reaches the client's connection, write by write.</summary>
public sealed class BufferedContentTests : IDisposable
{
    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly UpstreamDeadline _deadline;
    private readonly BufferedContent _content;

    public BufferedContentTests()
    {
        _deadline = new UpstreamDeadline(_clock, CancellationToken.None);
        _deadline.Begin(new DefaultHttpContext(), Total, surviveClient: true);
        _content = new BufferedContent(new ReadOnlySequence<byte>(Body), _deadline);
    }

    public void Dispose()
    {
        _content.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Body_IsWrittenAndNothingIsFlushedForItsHeaders()
    {
        await using var connection = new Connection();
        await _content.CopyToAsync(connection);

        Assert.Equal(["write"], connection.Calls);
        Assert.Equal(Body, connection.ToArray());
        Assert.Equal(Body.Length, _content.Headers.ContentLength);
    }

    [Fact]
    public async Task BodyInSmallPieces_IsWrittenInLargeOnes()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 4096));
        var body = new byte[150_000];
        new Random(1).NextBytes(body);
        foreach (var piece in body.Chunk(3000))
        {
            await pipe.Writer.WriteAsync(piece);
        }

        await pipe.Writer.CompleteAsync();
        var read = await pipe.Reader.ReadAtLeastAsync(body.Length);
        using var content = new BufferedContent(read.Buffer, _deadline);
        await using var connection = new Connection();
        await content.CopyToAsync(connection);

        Assert.Equal(["write", "write", "write"], connection.Calls);
        Assert.Equal(body, connection.ToArray());
    }

    [Fact]
    public async Task Closed_IsOverOnceAllWritesAreAndBeginsNone()
    {
        await using var first = new Connection { Gate = new TaskCompletionSource() };
        await using var second = new Connection { Gate = new TaskCompletionSource() };
        var given = _content.CopyToAsync(first);
        var anew = _content.CopyToAsync(second);
        second.Gate.SetResult();
        await anew;

        var closed = _content.Close();
        Assert.False(closed.IsCompleted);
        first.Gate.SetResult();
        await given;
        await Deadline.Within(closed, "the end of all writes");
        await Assert.ThrowsAnyAsync<Exception>(() => _content.CopyToAsync(first));
        Assert.Equal(["write"], first.Calls);
    }

    [Fact]
    public async Task WriteThatTheClientForgot_EndsWithTheCall()
    {
        await using var connection = new Connection { Gate = new TaskCompletionSource() };
        var copy = _content.CopyToAsync(connection, CancellationToken.None);
        Assert.False(copy.IsCompleted);

        _clock.Advance(Total);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Deadline.Within(copy, "the end of the write"));
    }

    [Fact]
    public async Task EachWrite_IsASignOfLife()
    {
        _deadline.Allow(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        await using var connection = new Connection();
        await _content.CopyToAsync(connection);

        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.False(_deadline.Token.IsCancellationRequested);
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
            await (Gate?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            Write(buffer.Span);
        }
    }
}
