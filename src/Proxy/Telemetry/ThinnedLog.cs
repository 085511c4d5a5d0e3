using System.Collections.Concurrent;

namespace Proxy.Telemetry;

/// <summary>
/// Thins out what the framework logs. Some of its lines, with stack traces and up to the level Error, anybody can cause without
/// being anybody's error: a length that is no ASCII, a broken HTTP/2 frame, a trailer with a NUL. A disk would be full of
/// them. Of one category, level and event a few pass in each period, the rest is counted. The proxy's own lines are let through:
/// those that others can cause are thinned out where they are written, by what they are about.
/// </summary>
/// <param name="inner">Where lines go.</param>
/// <param name="clock">Of the allowances.</param>
/// <param name="suppressed">Is told of each line that is left out.</param>
internal sealed partial class ThinnedLog(ILoggerProvider inner, TimeProvider clock, Action suppressed) : ILoggerProvider, ISupportExternalScope
{
    private const string Own = "Proxy.";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName.StartsWith(Own, StringComparison.Ordinal) ? logger : new ThinnedLogger(logger, clock, suppressed);
    }

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    /// <summary>One category. Its events are constants of somebody's source: a few allowances at most.</summary>
    private sealed partial class ThinnedLogger(ILogger inner, TimeProvider clock, Action suppressed) : ILogger
    {
        private readonly ConcurrentDictionary<(LogLevel Level, int Event), LineAllowance> _allowances = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            if (!_allowances.GetOrAdd((logLevel, eventId.Id), static _ => new LineAllowance()).TryTake(clock, out var before))
            {
                suppressed();
                return;
            }

            if (before > 0)
            {
                LeftOut(inner, logLevel, before);
            }

            inner.Log(logLevel, eventId, state, exception, formatter);
        }

        [LoggerMessage(EventId = 3, Message = "Left out {Count} lines like the next one.")]
        private static partial void LeftOut(ILogger logger, LogLevel level, long count);
    }
}
