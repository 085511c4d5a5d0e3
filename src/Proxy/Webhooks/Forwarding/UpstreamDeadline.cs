using Microsoft.Extensions.ObjectPool;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Bounds one upstream call in total. YARP's own timeout is an idle one; and it cancels the call when the client goes away,
/// which a claimed webhook must survive: its outcome decides what a retry will be told.
/// </summary>
internal sealed class UpstreamDeadline : IResettable, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _client;
    private CancellationTokenRegistration _drain;
    private volatile bool _clientLeft;

    /// <summary>Whether the time is over, the call's or the process's, as opposed to the client gone.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_clientLeft;

    /// <summary>Replaces the request's own token for the time of the call.</summary>
    public void Begin(HttpContext context, TimeSpan total, bool surviveClient, CancellationToken drained)
    {
        _drain = drained.UnsafeRegister(static state => ((UpstreamDeadline)state!)._source.Cancel(), this);
        if (!surviveClient)
        {
            _client = context.RequestAborted.UnsafeRegister(
                static state =>
                {
                    var deadline = (UpstreamDeadline)state!;
                    deadline._clientLeft = true;
                    deadline._source.Cancel();
                },
                this);
        }

        context.RequestAborted = _source.Token;
        _source.CancelAfter(total);
    }

    /// <summary>Stops the clock. The deadline is reusable when <see cref="TryReset"/> says so.</summary>
    public void End()
    {
        _client.Dispose();
        _drain.Dispose();
    }

    public bool TryReset()
    {
        _client = default;
        _drain = default;
        _clientLeft = false;
        if (_source.TryReset())
        {
            return true;
        }

        Dispose();
        return false;
    }

    public void Dispose() => _source.Dispose();
}
