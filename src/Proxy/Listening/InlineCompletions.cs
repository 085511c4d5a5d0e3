namespace Proxy.Listening;

/// <summary>
/// Lets what waited for a socket go on in the thread that hears of it from the kernel, instead of waking another one up. That is the
/// cheaper, the less is done there: the call to the upstream is the one thing that the proxy waits for in the middle of a request,
/// and all that follows is to pass the answer on. A request is read and verified in the thread pool, where the server puts it,
/// unless it was sent behind another one without waiting. .NET's own switches for this are environment variables; an operator's
/// values stand.
/// </summary>
internal static class InlineCompletions
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>Holds for the process, if it has had no socket yet.</summary>
    public static void Use()
    {
        SetDefault(Switch, "1");

        // .NET would take one for each processor. Under half the load that is a thread to wake up for every event: 95 us of
        // processor time a request, and 89 with half as many.
        SetDefault(Threads, $"{Math.Max(1, Environment.ProcessorCount / 2)}");
    }

    private static void SetDefault(string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
