namespace WebhookVerification.Replay;

/// <summary>
/// Entries in segments: the pool grows with use and without copying, and holds no object per entry. Indices begin at 1.
/// </summary>
internal sealed class EntryPool<TValue>
    where TValue : struct
{
    private const int SegmentBits = 12;
    private const int SegmentSize = 1 << SegmentBits;

    private readonly List<ExpiringEntry<TValue>[]> _segments = [];
    private int _used = 1;
    private int _free;

    public int Count { get; private set; }

    public ref ExpiringEntry<TValue> this[int index] => ref _segments[index >> SegmentBits][index & (SegmentSize - 1)];

    /// <summary>An entry of unspecified content.</summary>
    public int Rent()
    {
        Count++;
        if (_free != 0)
        {
            var index = _free;
            _free = this[index].NextInBucket;
            return index;
        }

        if (_used >> SegmentBits == _segments.Count)
        {
            _segments.Add(new ExpiringEntry<TValue>[SegmentSize]);
        }

        return _used++;
    }

    /// <summary>Takes an entry back. With the last one, the memory of a burst that is over goes back as well.</summary>
    public void Return(int index)
    {
        if (--Count > 0)
        {
            this[index].NextInBucket = _free;
            _free = index;
            return;
        }

        if (_segments.Count > 1)
        {
            _segments.RemoveRange(1, _segments.Count - 1);
        }

        (_used, _free) = (1, 0);
    }
}
