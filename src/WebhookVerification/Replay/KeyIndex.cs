namespace WebhookVerification.Replay;

/// <summary>
/// Finds entries by key: a hash table that grows by linear hashing, one bucket with each entry, so that no single claim pays
/// for moving a million others. Keys are digests already, hence their own hash.
/// </summary>
internal sealed class KeyIndex<TValue>(EntryPool<TValue> entries)
    where TValue : struct
{
    private const int Smallest = 64;

    private int[] _heads = new int[Smallest];
    private int _size = Smallest;

    /// <summary>The largest power of two that <see cref="_size"/> has reached: buckets below size minus this one are split.</summary>
    private int _half = Smallest;

    /// <summary>The entry of a key, or 0.</summary>
    public int Find(in ReplayKey key)
    {
        var index = _heads[Bucket(key)];
        while (index != 0)
        {
            ref var entry = ref entries[index];
            if (entry.Key == key)
            {
                break;
            }

            index = entry.NextInBucket;
        }

        return index;
    }

    public void Add(int index)
    {
        if (entries.Count > _size)
        {
            Split();
        }

        Push(ref _heads[Bucket(entries[index].Key)], index);
    }

    public void Remove(int index)
    {
        ref var entry = ref entries[index];
        ref var link = ref _heads[Bucket(entry.Key)];
        while (link != index)
        {
            link = ref entries[link].NextInBucket;
        }

        link = entry.NextInBucket;
    }

    private int Bucket(in ReplayKey key)
    {
        var bucket = (int)key.A & ((_half * 2) - 1);
        return bucket < _size ? bucket : bucket - _half;
    }

    /// <summary>Adds one bucket and moves into it what belongs there from the one that it divides.</summary>
    private void Split()
    {
        if (_size == _heads.Length)
        {
            Array.Resize(ref _heads, _size * 2);
        }

        var divided = _size - _half;
        var index = _heads[divided];
        _heads[divided] = 0;
        _size++;
        while (index != 0)
        {
            ref var entry = ref entries[index];
            var next = entry.NextInBucket;
            Push(ref _heads[Bucket(entry.Key)], index);
            index = next;
        }

        if (_size == _half * 2)
        {
            _half = _size;
        }
    }

    private void Push(ref int head, int index)
    {
        entries[index].NextInBucket = head;
        head = index;
    }
}
