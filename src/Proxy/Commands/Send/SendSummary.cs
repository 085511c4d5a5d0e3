using System.Globalization;
using Spectre.Console;

namespace Proxy.Commands.Send;

/// <summary>What came of many requests. Safe for concurrent use.</summary>
internal sealed class SendSummary
{
    private static readonly int[] Percentiles = [50, 90, 99];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly List<TimeSpan> _latencies = [];

    /// <summary>Whether every answer was a 2xx.</summary>
    public bool IsAllSuccess => _answers.Keys.All(static answer => answer.StartsWith('2'));

    /// <param name="answer">A status, or why there was none.</param>
    /// <param name="latency">From connecting, where it was needed, to the whole answer.</param>
    public void Add(string answer, TimeSpan latency)
    {
        lock (_lock)
        {
            _answers[answer] = _answers.GetValueOrDefault(answer) + 1;
            _latencies.Add(latency);
        }
    }

    public Table ToTable(TimeSpan elapsed)
    {
        lock (_lock)
        {
            _latencies.Sort();
            var table = new Table().AddColumns("what", "value");
            foreach (var (answer, count) in _answers)
            {
                table.AddRow(Markup.Escape(answer), count.ToString(CultureInfo.InvariantCulture));
            }

            foreach (var percentile in Percentiles)
            {
                table.AddRow($"p{percentile}", Milliseconds(Latency(percentile)));
            }

            table.AddRow("slowest", Milliseconds(Latency(100)));
            table.AddRow("per second", (_latencies.Count / Math.Max(elapsed.TotalSeconds, 0.001)).ToString("0.0", CultureInfo.InvariantCulture));
            return table;
        }
    }

    /// <summary>The nearest rank.</summary>
    private TimeSpan Latency(int percentile) => _latencies[Math.Max(0, (int)Math.Ceiling(_latencies.Count * percentile / 100.0) - 1)];

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
