using Proxy.Telemetry;

namespace Proxy.Management.Status;

/// <summary>The last half hour of every route in force. Bounded: a route that a reload removed is forgotten.</summary>
internal sealed class TrafficHistory : IDisposable
{
    private readonly WebhookMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Dictionary<RouteCounters, RouteHistory> _routes = [];

    public TrafficHistory(WebhookMetrics metrics, TimeProvider clock)
    {
        _metrics = metrics;
        _timer = clock.CreateTimer(static self => ((TrafficHistory)self!).EndMinute(), this, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>The route's minutes, oldest first; the last one is not over.</summary>
    public IReadOnlyList<Minute> Read(RouteMetrics route)
    {
        lock (_gate)
        {
            return Of(route).Read();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void EndMinute()
    {
        lock (_gate)
        {
            _routes = _metrics.Routes.ToDictionary(static route => route.Counters, Of);
            foreach (var route in _routes.Values)
            {
                route.EndMinute();
            }
        }
    }

    private RouteHistory Of(RouteMetrics route)
    {
        if (!_routes.TryGetValue(route.Counters, out var history))
        {
            _routes.Add(route.Counters, history = new RouteHistory(route.Counters));
        }

        return history;
    }
}
