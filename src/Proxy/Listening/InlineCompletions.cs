namespace Proxy.Listening;

/// <summary>
/// Lets what waited for a socket go on in the thread that hears of it from the kernel, one for each processor, instead of waking
/// another one up. That is the cheaper, the less is done there: the call to the upstream is the one thing that the proxy waits for
/// in the middle of a request, and all that follows is to pass the answer on. A request is read and verified in the thread pool,
/// where the server puts it, unless it was sent behind another one without waiting. .NET's own switch for this is an environment variable; an operator's value stands.
/// </summary>
internal static class InlineCompletions
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Holds for the process, if it has had no socket yet.</summary>
    public static void Use()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
