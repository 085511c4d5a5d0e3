using Proxy.Configuration;
using WebhookVerification.Settings;

namespace Proxy.Webhooks.Buffering;

/// <summary>Gives the budget the limits of the configuration in force.</summary>
internal sealed class LimitsUpdater(BufferBudget budget) : IReloadObserver
{
    public void Applied(ProxySnapshot snapshot, IReadOnlyList<WebhookRoute> routes) =>
        budget.SetLimits(snapshot.Settings.Limits.MaxBufferedBytes, snapshot.Settings.Limits.MaxBufferedShare);

    public void Rejected(IReadOnlyList<Problem> errors)
    {
    }
}
