namespace Proxy.Webhooks.Buffering;

/// <summary>A charge's place in one circular list. Joining allocates nothing and leaving searches nothing.</summary>
internal sealed class ChargeLink
{
    public ChargeLink(BodyCharge? charge = null)
    {
        Charge = charge;
        Previous = Next = this;
    }

    /// <summary>Null for the head of a list.</summary>
    public BodyCharge? Charge { get; }

    public ChargeLink Previous { get; private set; }

    public ChargeLink Next { get; private set; }

    public bool IsLinked => Next != this;

    public void InsertBefore(ChargeLink other)
    {
        Previous = other.Previous;
        Next = other;
        Previous.Next = this;
        other.Previous = this;
    }

    public void Remove()
    {
        Previous.Next = Next;
        Next.Previous = Previous;
        Previous = Next = this;
    }
}
