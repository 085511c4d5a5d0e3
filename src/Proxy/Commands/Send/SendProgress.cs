using Spectre.Console;

namespace Proxy.Commands.Send;

/// <summary>Shows how far many requests have come: a bar for a person at a terminal, else a line for each tenth.</summary>
internal static class SendProgress
{
    private const int Lines = 10;

    /// <param name="io">Shown where errors go: standard output is for the summary.</param>
    /// <param name="count">How many there will be.</param>
    /// <param name="send">Sends them; calls its argument, from any thread, after each.</param>
    public static Task<SendSummary> ShowAsync(CommandIo io, int count, Func<Action, Task<SendSummary>> send) =>
        io.IsErrorTerminal ? ShowBarAsync(io, count, send) : ShowLinesAsync(io, count, send);

    private static Task<SendSummary> ShowBarAsync(CommandIo io, int count, Func<Action, Task<SendSummary>> send) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(io.Error) }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask($"{count} requests", maxValue: count);
                return send(() => task.Increment(1));
            });

    private static Task<SendSummary> ShowLinesAsync(CommandIo io, int count, Func<Action, Task<SendSummary>> send)
    {
        var (gate, sent) = (new Lock(), 0);
        return send(() =>
        {
            lock (gate)
            {
                sent++;
                if ((long)sent * Lines / count != (long)(sent - 1) * Lines / count)
                {
                    io.Error.WriteLine($"{sent} of {count} sent");
                }
            }
        });
    }
}
