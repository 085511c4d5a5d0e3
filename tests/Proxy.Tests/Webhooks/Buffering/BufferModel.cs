using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

/// <summary>The rules of the budget once more, in the plainest way: lists and sums over all bodies, one thread, no sharing of anything.</summary>
internal sealed class BufferModel(long limit, double share)
{
    private readonly List<Body> _bodies = [];
    private int _arrivals;

    public long Buffered => _bodies.Sum(body => body.Bytes);

    public long BufferedOf(string route) => _bodies.Where(body => body.Route == route).Sum(body => body.Bytes);

    public Body Start(string route, long declared)
    {
        var body = new Body(route, declared);
        _bodies.Add(body);
        return body;
    }

    public ChargeResult Charge(Body body, long bytes)
    {
        if (body.Standing != ChargeResult.Ok)
        {
            return body.Standing;
        }

        var ceiling = Math.Max(body.Declared, body.Bytes + bytes) <= 64 * 1024 ? limit : limit * 7 / 8;
        var slower = _bodies.Where(other => other.HeldSince < body.HeldSince).OrderBy(other => other.HeldSince).ToList();
        var victims = new List<Body>();
        while (BufferedOf(body.Route) + bytes - victims.Where(v => v.Route == body.Route).Sum(v => v.Bytes) > limit * share)
        {
            if (slower.Find(other => other.Route == body.Route && !victims.Contains(other)) is not { } victim)
            {
                return ChargeResult.Overloaded;
            }

            victims.Add(victim);
        }

        while (Buffered + bytes - victims.Sum(v => v.Bytes) > ceiling)
        {
            if (slower.Find(other => !victims.Contains(other)) is not { } victim)
            {
                return ChargeResult.Overloaded;
            }

            victims.Add(victim);
        }

        victims.ForEach(victim => victim.Stop(ChargeResult.Evicted));
        body.Bytes += bytes;
        NotePlace(body);
        return ChargeResult.Ok;
    }

    public void Register(Body body, TimeSpan deadline)
    {
        if (body.Standing == ChargeResult.Ok && body.Deadline is null)
        {
            body.Deadline = deadline;
            NotePlace(body);
        }
    }

    public void Release(Body body) => _bodies.Remove(body);

    public void Expire(TimeSpan now)
    {
        foreach (var body in _bodies.Where(body => body.Deadline <= now))
        {
            body.Stop(ChargeResult.TimedOut);
        }
    }

    private void NotePlace(Body body)
    {
        if (body.Deadline is not null && body.Bytes > 0 && body.HeldSince == int.MaxValue)
        {
            body.HeldSince = _arrivals++;
        }
    }

    internal sealed class Body(string route, long declared)
    {
        public string Route => route;

        public long Declared => declared;

        public long Bytes { get; set; }

        public ChargeResult Standing { get; private set; } = ChargeResult.Ok;

        public TimeSpan? Deadline { get; set; }

        /// <summary>Place in the order of eviction; the last one for a body that does not wait.</summary>
        public int HeldSince { get; set; } = int.MaxValue;

        public void Complete(long surplus) => (Deadline, HeldSince, Bytes) = (null, int.MaxValue, Bytes - surplus);

        public void Stop(ChargeResult why)
        {
            Complete(Bytes);
            Standing = why;
        }
    }
}
