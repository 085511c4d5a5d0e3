using Microsoft.Extensions.Primitives;

namespace Proxy.Configuration;

/// <summary>Holds the configuration in force, and the one that is offered to YARP and not confirmed yet.</summary>
internal sealed class SnapshotSource(ProxySnapshot first)
{
    private readonly Lock _gate = new();
    private ProxySnapshot _current = first;
    private ProxySnapshot _offered = first;
    private ConfigurationReloadToken _changed = new();

    /// <summary>The configuration in force.</summary>
    public ProxySnapshot Current => Volatile.Read(in _current);

    /// <summary>The configuration to apply next, and a token that fires when there is another one.</summary>
    public (ProxySnapshot Snapshot, IChangeToken Changed) Offered
    {
        get
        {
            lock (_gate)
            {
                return (_offered, _changed);
            }
        }
    }

    /// <summary>Asks for <paramref name="snapshot"/> to be applied.</summary>
    public void Offer(ProxySnapshot snapshot)
    {
        ConfigurationReloadToken changed;
        lock (_gate)
        {
            _offered = snapshot;
            changed = _changed;
            _changed = new ConfigurationReloadToken();
        }

        changed.OnReload();
    }

    /// <summary>The configuration is applied.</summary>
    public void Confirm(ProxySnapshot snapshot) => Volatile.Write(ref _current, snapshot);

    /// <summary>The offered configuration could not be applied; the one in force stays.</summary>
    public void Withdraw()
    {
        lock (_gate)
        {
            _offered = _current;
        }
    }
}
