using System.Collections.Concurrent;
using Proxy.Commands;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Commands;

/// <summary>When each request is begun, by a clock that the test moves.</summary>
public sealed class SendRateTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _clock = new(CommandRun.Now);
    private readonly RecordingConsumer _receiver = new();
    private readonly ConcurrentQueue<double> _begun = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    [Fact]
    public async Task Rate_BeginsEachRequestWhenItIsDueAndNotBefore()
    {
        _receiver.Respond = _ => Begin();
        var run = SendAsync(count: 5, concurrency: 1);
        for (var begun = 1; begun < 5; begun++)
        {
            await Deadline.Until(() => _begun.Count == begun && _clock.Timers == 1, $"a wait after request {begun}");
            _clock.Advance(Interval - TimeSpan.FromTicks(1));
            Assert.Equal(begun, _begun.Count);
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(ExitCode.Ok, (await Deadline.Within(run, "the summary")).Code);
        Assert.Equal([0, 500, 1000, 1500, 2000], _begun);
    }

    /// <summary>The schedule is that of a sender, which does not wait for answers.</summary>
    [Fact]
    public async Task AnswersThatDoNotCome_DelayNoOtherRequest()
    {
        var answer = new TaskCompletionSource();
        _receiver.Respond = _ => Begin() with { BeforeHead = answer.Task };
        var run = SendAsync(count: 4, concurrency: 4);
        for (var begun = 1; begun < 4; begun++)
        {
            await Deadline.Until(() => _begun.Count == begun && _clock.Timers == 4 - begun, $"waits of all after request {begun}");
            _clock.Advance(Interval);
        }

        await Deadline.Until(() => _begun.Count == 4, "the last request");
        answer.SetResult();
        Assert.Equal(ExitCode.Ok, (await Deadline.Within(run, "the summary")).Code);
        Assert.Equal([0, 500, 1000, 1500], _begun);
    }

    [Fact]
    public async Task LateAnswer_IsCaughtUpWith()
    {
        _receiver.Respond = _ =>
        {
            var reply = Begin();
            if (_begun.Count == 1)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1200));
            }

            return reply;
        };
        var run = SendAsync(count: 4, concurrency: 1);
        await Deadline.Until(() => _begun.Count == 3 && _clock.Timers == 1, "a wait for the first request that is not late");
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(ExitCode.Ok, (await Deadline.Within(run, "the summary")).Code);
        Assert.Equal([0, 1200, 1200, 1500], _begun);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e-300")]
    [InlineData("fast")]
    public async Task RateThatIsNone_IsAUsageError(string rate)
    {
        var run = await CommandRun.OfAsync($"send {_receiver.Address} --provider tawk --secret s --count 2 --rate {rate}", "{}");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains("--rate", run.Error, StringComparison.Ordinal);
    }

    private ConsumerReply Begin()
    {
        _begun.Enqueue((_clock.GetUtcNow() - CommandRun.Now).TotalMilliseconds);
        return ConsumerReply.Answer(200);
    }

    private Task<CommandRun> SendAsync(int count, int concurrency) => CommandRun.OfAsync(
        [
            "send", _receiver.Address.ToString(), "--provider", "tawk", "--secret", ProxyFixture.Secret,
            "--count", $"{count}", "--concurrency", $"{concurrency}", "--rate", "2",
        ],
        "{}"u8.ToArray(),
        clock: _clock);
}
