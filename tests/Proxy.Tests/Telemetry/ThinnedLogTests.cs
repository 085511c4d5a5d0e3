using Microsoft.Extensions.Logging;
using Proxy.Telemetry;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Telemetry;

public sealed class ThinnedLogTests : IDisposable
{
    private const string Framework = "Microsoft.AspNetCore.Server.Kestrel";

    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingLog _log = new();
    private readonly ThinnedLog _thinned;
    private readonly Dictionary<string, ILogger> _loggers = [];
    private int _suppressed;

    public ThinnedLogTests() => _thinned = new ThinnedLog(_log, _clock, () => _suppressed++);

    public void Dispose() => _thinned.Dispose();

    [Fact]
    public void ManyLinesAlike_AreLeftOutAndCounted()
    {
        Write(Framework, LogLevel.Error, 13, times: 1000);
        Assert.Equal(LineAllowance.LinesPerPeriod, _log.Lines.Count);
        Assert.Equal(1000 - LineAllowance.LinesPerPeriod, _suppressed);

        _clock.Advance(LineAllowance.Period);
        Write(Framework, LogLevel.Error, 13, times: 1);
        Assert.Equal($"Left out {_suppressed} lines like the next one.", _log.Lines[^2].Text);
        Assert.Equal(LogLevel.Error, _log.Lines[^2].Level);
        Assert.Equal("13", _log.Lines[^1].Text);
    }

    /// <summary>Whoever makes noise of one kind hides no other.</summary>
    [Fact]
    public void LinesOfAnotherKind_HaveAnAllowanceOfTheirOwn()
    {
        Write(Framework, LogLevel.Error, 13, times: 100);
        var before = _log.Lines.Count;
        Write(Framework, LogLevel.Warning, 13, times: 1);
        Write(Framework, LogLevel.Error, 14, times: 1);
        Write("Yarp.ReverseProxy", LogLevel.Error, 13, times: 1);
        Assert.Equal(before + 3, _log.Lines.Count);
    }

    [Fact]
    public void OwnLines_Pass()
    {
        Write("Proxy.Something", LogLevel.Information, 1, times: 100);
        Assert.Equal(100, _log.Lines.Count);
    }

    private void Write(string category, LogLevel level, int id, int times)
    {
        var logger = _loggers.TryGetValue(category, out var known) ? known : _loggers[category] = _thinned.CreateLogger(category);
        for (var i = 0; i < times; i++)
        {
            logger.Log(level, new EventId(id), id, null, static (state, _) => $"{state}");
        }
    }
}
