namespace Proxy.Commands.Send;

/// <summary>A bar for a person at a terminal, redrawn at each percent; nothing for a pipe.</summary>
internal sealed class SendProgress(CommandIo io, int count) : IDisposable
{
    private const int Width = 40;

    private readonly Lock _lock = new();
    private int _sent;

    /// <summary>One more is done. Safe for concurrent use.</summary>
    public void Advance()
    {
        var sent = Interlocked.Increment(ref _sent);
        if (io.IsTerminal && (long)sent * 100 / count != (long)(sent - 1) * 100 / count)
        {
            var filled = (int)((long)sent * Width / count);
            lock (_lock)
            {
                io.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {sent}/{count}");
            }
        }
    }

    public void Dispose()
    {
        if (io.IsTerminal)
        {
            io.Error.WriteLine();
        }
    }
}
