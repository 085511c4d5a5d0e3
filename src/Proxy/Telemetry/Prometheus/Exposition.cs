namespace Proxy.Telemetry.Prometheus;

/// <summary>One collection's text, shared by the scrapes that overlap it. The last to dispose of it frees it.</summary>
internal sealed class Exposition(int expectedSize) : IDisposable
{
    private readonly TaskCompletionSource<Exposition> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readers = 1;

    /// <summary>Ends when the text is complete; faults when the collection failed.</summary>
    public Task<Exposition> Completion => _completion.Task;

    /// <summary>Where the collection writes.</summary>
    public ExpositionBuffer Buffer { get; } = new(expectedSize);

    public ReadOnlyMemory<byte> Text => Buffer.Written;

    /// <summary>Counts one more reader; only while the collection runs, when the first reader is still there.</summary>
    public void AddReader() => Interlocked.Increment(ref _readers);

    public void Complete() => _completion.SetResult(this);

    /// <summary>Tells every reader; none of them gets the text, so none has to dispose of it.</summary>
    public void Fail()
    {
        Buffer.Dispose();
        _completion.SetException(new InvalidOperationException("The metrics could not be collected."));
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _readers) == 0)
        {
            Buffer.Dispose();
        }
    }
}
