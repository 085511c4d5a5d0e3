using System.Diagnostics;

namespace Proxy.Tests;

/// <summary>
/// Bounds every wait of a test: long enough for a loaded machine, short enough to name the test that hangs. Time counts in turns, each
/// of a second at most, so that a machine that stands still for minutes costs one of them.
/// </summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The task's result, or a failure that says what did not happen.</summary>
    public static async Task<T> Within<T>(Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    /// <inheritdoc cref="Within{T}(Task{T}, string)"/>
    public static async Task Within(Task task, string what)
    {
        for (var left = Limit; !task.IsCompleted; left -= Turn)
        {
            if (left <= TimeSpan.Zero)
            {
                Assert.Fail(Missed(what));
            }

            // Its own outcome is asked below: it may end between the timeout and this line.
            await task.WaitAsync(Turn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await task;
    }

    /// <summary>Asks again and again until the condition holds.</summary>
    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static Task Until(Func<Task<bool>> condition, string what) => Until(condition, () => what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static async Task Until(Func<Task<bool>> condition, Func<string> what)
    {
        var left = Limit;
        using var pause = new PeriodicTimer(Pause);
        for (var began = Stopwatch.GetTimestamp(); !await condition(); began = Stopwatch.GetTimestamp())
        {
            if (left <= TimeSpan.Zero)
            {
                Assert.Fail(Missed(what()));
            }

            await pause.WaitForNextTickAsync();
            var passed = Stopwatch.GetElapsedTime(began);
            left -= passed < Turn ? passed : Turn;
        }
    }

    private static string Missed(string what) => $"Not within {Limit.TotalSeconds} s: {what}";
}
