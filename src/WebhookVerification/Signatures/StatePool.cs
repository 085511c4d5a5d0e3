namespace WebhookVerification.Signatures;

/// <summary>Cryptographic states of one kind, for as many threads as run at once. A state is used by one thread at a time.</summary>
internal sealed class StatePool<T>(Func<T> create)
    where T : class, IDisposable
{
    private readonly T?[] _idle = new T?[Environment.ProcessorCount * 2];

    public T Rent()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            // Looking first keeps the line shared between processors while a slot is empty.
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } state)
            {
                return state;
            }
        }

        return create();
    }

    /// <summary>Takes back a state that has been reset.</summary>
    public void Return(T state)
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], state, null) is null)
            {
                return;
            }
        }

        state.Dispose();
    }
}
