namespace Proxy.Webhooks.Buffering;

/// <summary>
/// What one body holds of the budget. Reusable after <see cref="BufferBudget.Release"/>; used by one request at a time, which
/// is its owner. Until it is registered only the owner touches it; from then on the budget's lock guards it.
/// </summary>
internal abstract class BodyCharge
{
    private readonly Lock _cancelGate = new();
    private volatile bool _cancelDue;
    private volatile ChargeResult _standing;
    private RouteBudget? _route;
    private long _declaredLength;

    protected BodyCharge()
    {
        InRoute = new ChargeLink(this);
        InBudget = new ChargeLink(this);
        InDeadlines = new ChargeLink(this);
    }

    /// <summary>Whether the body may go on, and if not, why: for an owner whose read was cancelled.</summary>
    public ChargeResult Standing => _standing;

    /// <summary>Bytes charged and not taken off again.</summary>
    public long Bytes { get; internal set; }

    /// <summary>How many of the bytes that the next charge leads to are memory around the body, not the body's: its size is judged without them.</summary>
    protected long Overhead { get; set; }

    /// <summary>Between the start and the release.</summary>
    internal bool IsStarted => _route is not null;

    internal RouteBudget Route =>
        _route ?? throw new InvalidOperationException("The charge was not started, or is released already.");

    /// <summary>From the registration to the completion. Only the owner reads and writes it.</summary>
    internal bool IsRegistered { get; set; }

    /// <summary>Counted from the start of the budget.</summary>
    internal TimeSpan Deadline { get; set; }

    internal ChargeLink InRoute { get; }

    internal ChargeLink InBudget { get; }

    internal ChargeLink InDeadlines { get; }

    /// <summary>Begins the account of a new body, at no bytes.</summary>
    /// <param name="route">From <see cref="BufferBudget.GetRoute"/>.</param>
    /// <param name="declaredLength">The request's Content-Length. Nothing is charged for it, but it can make the body a large one.</param>
    /// <exception cref="InvalidOperationException">The last body was not released.</exception>
    public void Start(RouteBudget route, long? declaredLength)
    {
        if (IsStarted)
        {
            throw new InvalidOperationException("The charge of the last body was not released.");
        }

        _route = route;
        _declaredLength = declaredLength ?? 0;
        _standing = ChargeResult.Ok;
    }

    /// <summary>
    /// Makes the owner's pending read return, so that it sees <see cref="Standing"/>. Called on another thread, never after
    /// <see cref="BufferBudget.Release"/> has returned, so an owner releases first and then lets go of what it reads from. Must
    /// neither block nor throw.
    /// </summary>
    protected abstract void CancelRead();

    /// <summary>The size to judge the body by when it grows: what it declares, or what it will then hold.</summary>
    internal long SizeWith(long moreBytes) => Math.Max(_declaredLength, Bytes + moreBytes - Overhead);

    /// <summary>Marks a body that must not go on. Under the budget's lock; <see cref="CancelIfDue"/> follows outside of it.</summary>
    internal void Stop(ChargeResult why)
    {
        Bytes = 0;
        _standing = why;
        _cancelDue = true;
    }

    /// <summary>
    /// Cancels the read unless the owner came first. The lock makes <see cref="Reset"/> wait for a call that is under way:
    /// a late one would hit the next request on the connection, or the next user of this object.
    /// </summary>
    internal void CancelIfDue()
    {
        lock (_cancelGate)
        {
            if (_cancelDue)
            {
                _cancelDue = false;
                CancelRead();
            }
        }
    }

    /// <summary>Ends the account. The charge is in no list any more, so nobody can stop it again.</summary>
    internal void Reset()
    {
        if (IsRegistered)
        {
            lock (_cancelGate)
            {
                _cancelDue = false;
            }
        }

        IsRegistered = false;
        _route = null;
        Bytes = 0;
        Overhead = 0;
        _standing = ChargeResult.Overloaded;
    }
}
