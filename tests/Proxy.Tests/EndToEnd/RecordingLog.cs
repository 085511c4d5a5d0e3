using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Proxy.Tests.EndToEnd;

/// <summary>Keeps every line that the proxy logs, of every level.</summary>
internal sealed class RecordingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
        // Nothing is held but memory.
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, category, eventId, $"{formatter(state, exception)}{exception}"));
    }
}

/// <summary>A line of the log; the text holds the exception as well.</summary>
internal sealed record LogLine(LogLevel Level, string Category, EventId Event, string Text);
