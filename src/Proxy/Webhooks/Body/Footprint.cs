using System.Buffers;

namespace Proxy.Webhooks.Body;

/// <summary>
/// The memory behind a body that grows, in bytes. The server reads into blocks of 4 KiB and takes the next one where less
/// than half of a block is left, so that a sender of small pieces makes a body hold up to twice its bytes; and it keeps a
/// connection, and what belongs to each block, for as long as the body takes.
/// </summary>
internal struct Footprint
{
    /// <summary>Of Kestrel's memory pool; longer segments are blocks of their own.</summary>
    private const int Block = 4096;

    /// <summary>The objects around a block: headers, two segments, an owner. Measured, rounded up.</summary>
    private const int AroundBlock = 256;

    /// <summary>A connection and its request, Kestrel's objects and ours, and the rest of the block that is read into. Measured with 2,000 of them, rounded.</summary>
    private const int Connection = 32 * 1024;

    private SequencePosition _last;
    private long _before;

    /// <summary>The least that a body of so many bytes holds.</summary>
    public static long Least(long bytes) => bytes <= Block ? bytes : Connection + (bytes / Block * (Block + AroundBlock));

    /// <summary>
    /// What the body holds: its bytes while they fit into one block, as nearly all webhooks do; from then on all of the above.
    /// Looks only at what has come since the last call.
    /// </summary>
    /// <param name="body">Starts where it started at the last call, and holds as many bytes or more.</param>
    public long Of(in ReadOnlySequence<byte> body)
    {
        var next = _last.GetObject() is null ? body.Start : _last;
        var here = next;
        while (body.TryGet(ref next, out var segment))
        {
            if (next.GetObject() is null)
            {
                _last = here;
                return _before == 0 ? segment.Length : _before + Whole(segment.Length);
            }

            _before += Whole(segment.Length) + (_before == 0 ? Connection : 0);
            here = next;
        }

        return _before;
    }

    private static long Whole(int segment) => Math.Max(Block, segment) + AroundBlock;
}
