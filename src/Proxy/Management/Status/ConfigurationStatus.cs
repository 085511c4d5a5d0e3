using Proxy.Configuration;
using Proxy.Webhooks;
using WebhookVerification.Settings;

namespace Proxy.Management.Status;

/// <summary>Remembers how the last loads of the configuration ended.</summary>
internal sealed class ConfigurationStatus(TimeProvider clock) : IReloadObserver
{
    /// <summary>Errors that are kept of a rejected configuration; nobody reads more on a page.</summary>
    public const int MaxErrors = 20;

    private volatile ConfigurationState? _report;

    /// <summary>Null until the first configuration is in force.</summary>
    public ConfigurationState? Current => _report;

    public void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) => _report = new ConfigurationState(
        Successful: true, clock.GetUtcNow(), routes.Count, snapshot.Policies.Count, RejectedAt: null, [], [.. snapshot.Warnings.Select(ToReport)], snapshot.RestartNeeded);

    public void Rejected(IReadOnlyList<Problem> errors) => _report = _report is { } inForce
        ? inForce with { Successful = false, RejectedAt = clock.GetUtcNow(), Errors = [.. errors.Take(MaxErrors).Select(ToReport)] }
        : null;

    private static ProblemReport ToReport(Problem problem) => new(problem.Source, problem.Path, problem.Message);
}
