using System.Buffers;

namespace Proxy.Webhooks.Body;

/// <summary>
/// The memory behind a body that grows, in bytes. The server reads into blocks of 4 KiB and takes the next one where less
/// than half of a block is left, so that a sender of small pieces makes a body hold up to twice its bytes. What a connection
/// takes besides is counted until the body is whole: it costs nothing to hold thousands of them open, and a secret to get further.
/// </summary>
internal struct Footprint
{
    /// <summary>Of Kestrel's memory pool; longer segments are blocks of their own.</summary>
    private const int Block = 4096;

    /// <summary>The objects around a block: headers, two segments, an owner. Measured, rounded up.</summary>
    private const int AroundBlock = 256;

    /// <summary>
    /// A connection and its request: Kestrel's objects and ours, the rest of the block that is read into, and as much again of the one before it,
    /// which the garbage collector has not found yet. Measured with waves of 2,000 of them, rounded.
    /// </summary>
    private const int Connection = 64 * 1024;

    private SequencePosition _last;
    private long _before;

    /// <summary>The least that a body of so many bytes holds while it is not whole.</summary>
    public static long Least(long bytes) => bytes <= Block ? bytes : Connection + (bytes / Block * (Block + AroundBlock));

    /// <summary>
    /// What the body holds: its bytes while they fit into one block, as nearly all webhooks do; from then on all of its blocks.
    /// Looks only at what has come since the last call.
    /// </summary>
    /// <param name="body">Starts where it started at the last call, and holds as many bytes or more.</param>
    /// <param name="isWhole">Nothing more will come.</param>
    public long Of(in ReadOnlySequence<byte> body, bool isWhole)
    {
        var next = _last.GetObject() is null ? body.Start : _last;
        var here = next;
        while (body.TryGet(ref next, out var segment))
        {
            if (next.GetObject() is null)
            {
                _last = here;
                return _before == 0 ? segment.Length : _before + Whole(segment.Length) + (isWhole ? 0 : Connection);
            }

            _before += Whole(segment.Length);
            here = next;
        }

        return _before;
    }

    private static long Whole(int segment) => Math.Max(Block, segment) + AroundBlock;
}
