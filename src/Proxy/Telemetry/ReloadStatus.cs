namespace Proxy.Telemetry;

/// <summary>How reloads of the configuration went. The first configuration is no reload, but it is a success.</summary>
internal sealed class ReloadStatus
{
    private readonly Lock _gate = new();
    private bool _loaded;

    public long Applied { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Whether the last attempt, the first load included, was applied.</summary>
    public bool Successful { get; private set; }

    /// <summary>When configuration was last applied.</summary>
    public DateTimeOffset AppliedAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public void Apply(DateTimeOffset now)
    {
        lock (_gate)
        {
            Applied += _loaded ? 1 : 0;
            _loaded = true;
            Successful = true;
            AppliedAt = now;
        }
    }

    public void Reject()
    {
        lock (_gate)
        {
            Rejected++;
            Successful = false;
        }
    }
}
