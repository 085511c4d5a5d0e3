namespace Proxy.Replay;

/// <summary>The database did not answer in time. The statement may still be carried out.</summary>
/// <param name="statement">Ends when the database has carried it out, or never will.</param>
internal sealed class StatementGivenUpException(Task statement) : TimeoutException("no answer in time")
{
    /// <summary>Ends when the database has carried it out, or never will; never throws.</summary>
    public async Task EndAsync() => await statement.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
