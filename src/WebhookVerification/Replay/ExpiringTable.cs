namespace WebhookVerification.Replay;

/// <summary>
/// Values by key, each with the second from which on it may be forgotten. Not safe for concurrent use. Nothing is forgotten
/// but by a call, and every call does a bounded amount of work. Times are Unix seconds.
/// </summary>
internal sealed class ExpiringTable<TValue>
    where TValue : struct
{
    private readonly EntryPool<TValue> _entries = new();
    private readonly KeyIndex<TValue> _keys;
    private readonly ExpiryWheel<TValue> _wheel;

    public ExpiringTable()
    {
        _keys = new KeyIndex<TValue>(_entries);
        _wheel = new ExpiryWheel<TValue>(_entries);
    }

    public int Count => _entries.Count;

    /// <summary>Finds a value, expired or not.</summary>
    public bool TryGet(in ReplayKey key, out TValue value) => TryGet(key, long.MinValue, out value);

    /// <summary>Finds a value that has not expired.</summary>
    public bool TryGet(in ReplayKey key, long now, out TValue value)
    {
        var index = _keys.Find(key);
        if (index == 0 || _entries[index].Expires <= now)
        {
            value = default;
            return false;
        }

        value = _entries[index].Value;
        return true;
    }

    /// <summary>Adds a key that is not in the table.</summary>
    public void Add(in ReplayKey key, in TValue value, long expires, long now)
    {
        var index = _entries.Rent();
        ref var entry = ref _entries[index];
        entry.Key = key;
        entry.Value = value;
        entry.Expires = (uint)Math.Clamp(expires, 0, uint.MaxValue);
        _keys.Add(index);
        _wheel.Add(index, now);
    }

    public bool Remove(in ReplayKey key)
    {
        var index = _keys.Find(key);
        if (index != 0)
        {
            Remove(index);
        }

        return index != 0;
    }

    /// <summary>Removes the key that expires first. False when it had expired already, so that nothing is lost.</summary>
    public bool RemoveSoonest(long now)
    {
        var index = _wheel.Soonest(out _);
        var isLoss = _entries[index].Expires > now;
        Remove(index);
        return isLoss;
    }

    /// <summary>Removes expired keys, at most as many as <paramref name="limit"/>.</summary>
    public void DropExpired(long now, int limit)
    {
        while (limit-- > 0 && _wheel.Soonest(out var second) is not 0 and var index && second <= now)
        {
            if (_entries[index].Expires <= now)
            {
                Remove(index);
            }
            else
            {
                // It expires more than a turn of the wheel after it was added. Now it is nearer.
                _wheel.Remove(index);
                _wheel.Add(index, now);
            }
        }
    }

    private void Remove(int index)
    {
        _keys.Remove(index);
        _wheel.Remove(index);
        _entries.Return(index);
    }
}
