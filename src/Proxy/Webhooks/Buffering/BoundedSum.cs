namespace Proxy.Webhooks.Buffering;

/// <summary>
/// A sum kept without a lock. It compares before it adds, so it is at no moment above the ceiling: an add that is taken
/// back when it proves too much would show others, for that moment, a bound that is reached.
/// </summary>
internal struct BoundedSum
{
    private long _value;

    public readonly long Value => Volatile.Read(in _value);

    public bool TryAdd(long amount, long ceiling)
    {
        var seen = Value;
        while (seen <= ceiling - amount)
        {
            var found = Interlocked.CompareExchange(ref _value, seen + amount, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }

        return false;
    }

    public void Subtract(long amount) => Interlocked.Add(ref _value, -amount);
}
