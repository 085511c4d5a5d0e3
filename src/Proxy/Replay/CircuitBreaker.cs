namespace Proxy.Replay;

/// <summary>What a circuit breaker lets through.</summary>
internal enum CircuitState
{
    /// <summary>Everything.</summary>
    Closed = 0,

    /// <summary>Nothing: what is behind it failed a moment ago.</summary>
    Open,

    /// <summary>One call, which finds out whether the trouble is over.</summary>
    HalfOpen,
}

/// <summary>
/// Spares callers the wait for a backend that is down, and the backend the callers. Opens after some failures in a row; after
/// a pause one trial at a time decides. A success, whoever had it, closes it.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider clock)
{
    public const int FailuresToOpen = 5;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile CircuitState _state;
    private int _failures;
    private long _pausedAt;

    public CircuitState State => _state;

    /// <summary>Whether to call. True must be followed by <see cref="Succeed"/> or <see cref="Fail"/>.</summary>
    public bool TryEnter()
    {
        if (_state == CircuitState.Closed)
        {
            return true;
        }

        lock (_gate)
        {
            if (_state == CircuitState.Closed)
            {
                return true;
            }

            // A trial gets one pause too: one that never came back would keep the circuit half open for ever.
            if (clock.GetElapsedTime(_pausedAt) < Pause)
            {
                return false;
            }

            _state = CircuitState.HalfOpen;
            _pausedAt = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>The backend answered. True if this closed the circuit.</summary>
    public bool Succeed()
    {
        if (_state == CircuitState.Closed && Volatile.Read(in _failures) == 0)
        {
            return false;
        }

        lock (_gate)
        {
            var closes = _state != CircuitState.Closed;
            _state = CircuitState.Closed;
            _failures = 0;
            return closes;
        }
    }

    /// <summary>The backend did not answer, or refused. True if this opened a closed circuit.</summary>
    public bool Fail()
    {
        lock (_gate)
        {
            _failures++;
            if (_state == CircuitState.Closed && _failures < FailuresToOpen)
            {
                return false;
            }

            var opens = _state == CircuitState.Closed;
            _state = CircuitState.Open;
            _pausedAt = clock.GetTimestamp();
            return opens;
        }
    }
}
