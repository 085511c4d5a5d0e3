using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Notices that a file of the configuration reads differently and offers the new configuration, if it has no errors. Content
/// is compared, not time stamps or notifications: those miss what is mounted, renamed or swapped behind a symbolic link.
/// </summary>
/// <param name="loader">Loads the new configuration.</param>
/// <param name="source">Holds the one in force.</param>
/// <param name="first">The load that the one in force came from.</param>
/// <param name="observers">Are told of reading, and of errors; that one is applied, YARP says.</param>
/// <param name="time">Paces the looks.</param>
internal sealed class ConfigurationWatcher(
    SnapshotLoader loader, SnapshotSource source, LoadResult first, IEnumerable<IReloadObserver> observers, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private FileSnapshot _judged = first.Files;
    private FileSnapshot? _unsettled;

    /// <summary>Looks once. A change has to be seen twice alike before it counts: half a file may be valid JSON.</summary>
    internal void Look()
    {
        lock (_gate)
        {
            LookAlone();
        }
    }

    /// <summary>Reads everything now, changed or not: somebody who is done with the edit says so. Does not throw.</summary>
    public void Reload()
    {
        lock (_gate)
        {
            _unsettled = null;
            Safely(() => Judge(new FileSnapshot()));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Safely(Look);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The proxy stops, or never started: its host takes anything but a quiet end for a failure and logs it.
        }
    }

    private void LookAlone()
    {
        var seen = (_unsettled ?? _judged).Again();
        var fingerprint = seen.Fingerprint();
        if (fingerprint == _judged.Fingerprint())
        {
            _unsettled = null;
        }
        else if (fingerprint != _unsettled?.Fingerprint())
        {
            _unsettled = seen;
        }
        else
        {
            _unsettled = null;
            Judge(new FileSnapshot(known: seen));
        }
    }

    private void Safely(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A mistake of ours in reading one configuration must neither stop the proxy nor end the watch over the next.
            Reject([new Problem("configuration", "$", $"It could not be read: {e.GetType().Name}.")]);
        }
    }

    private void Judge(FileSnapshot files)
    {
        _judged = files;
        foreach (var observer in observers)
        {
            observer.Reading();
        }

        var result = loader.Load(files, source.Current);
        if (result.Snapshot is { } snapshot)
        {
            source.Offer(snapshot);
            return;
        }

        Reject(result.Problems.Errors);
    }

    private void Reject(IReadOnlyList<Problem> errors)
    {
        foreach (var observer in observers)
        {
            observer.Rejected(errors);
        }
    }
}
