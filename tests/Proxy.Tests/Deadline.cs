using System.Diagnostics;

namespace Proxy.Tests;

/// <summary>Bounds every wait of a test: long enough for a loaded machine, short enough to name the test that hangs.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
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
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Assert.Fail(Missed(what));
        }
    }

    /// <summary>Asks again and again until the condition holds.</summary>
    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static Task Until(Func<Task<bool>> condition, string what) => Until(condition, () => what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static async Task Until(Func<Task<bool>> condition, Func<string> what)
    {
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) >= Limit)
            {
                Assert.Fail(Missed(what()));
            }

            await pause.WaitForNextTickAsync();
        }
    }

    private static string Missed(string what) => $"Not within {Limit.TotalSeconds} s: {what}";
}
