using System.Runtime.InteropServices;

namespace WebhookVerification.Replay;

/// <summary>
/// One key of an <see cref="ExpiringTable{TValue}"/>. With a value of 16 bytes it fills one cache line. Links are indices
/// into <see cref="EntryPool{TValue}"/>; 0 is none.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExpiringEntry<TValue>
    where TValue : struct
{
    public ReplayKey Key;
    public TValue Value;

    /// <summary>Unix second from which on the key may be forgotten; enough until the year 2106.</summary>
    public uint Expires;

    /// <summary>Belongs to <see cref="KeyIndex{TValue}"/>, and to the pool while the entry is free.</summary>
    public int NextInBucket;

    /// <summary>These two belong to <see cref="ExpiryWheel{TValue}"/>.</summary>
    public int PreviousInSlot;
    public int NextInSlot;
}
