using System.Security.Cryptography;

namespace WebhookVerification.Signatures;

/// <summary>Hash states of one kind, for as many threads as run at once. A state is used by one thread at a time.</summary>
internal sealed class HashPool(Func<IncrementalHash> create)
{
    private readonly IncrementalHash?[] _idle = new IncrementalHash?[Environment.ProcessorCount * 2];

    public IncrementalHash Rent()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            // Looking first keeps the line shared between processors while a slot is empty.
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } hash)
            {
                return hash;
            }
        }

        return create();
    }

    /// <summary>Takes back a state that has been reset.</summary>
    public void Return(IncrementalHash hash)
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], hash, null) is null)
            {
                return;
            }
        }

        hash.Dispose();
    }
}
