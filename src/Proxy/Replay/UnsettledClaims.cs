using System.Threading.Channels;
using WebhookVerification.Replay;

namespace Proxy.Replay;

/// <summary>
/// Commits and releases that the database did not take, kept until it is back: an outage of seconds then costs no commit, and
/// no provider waits for a lease. Bounded: in a long outage the oldest are left to their leases.
/// </summary>
internal sealed class UnsettledClaims
{
    private const int Capacity = 10_000;

    private readonly Channel<UnsettledClaim> _claims =
        Channel.CreateBounded<UnsettledClaim>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public int Count => _claims.Reader.Count;

    public void Add(in ReplayClaim claim, bool succeeded) => _claims.Writer.TryWrite(new(claim, succeeded));

    /// <summary>Settles one after the other until none is left, or until one fails; that one stays.</summary>
    public async Task SettleAsync(ClaimTable table, CancellationToken cancellationToken)
    {
        while (_claims.Reader.TryRead(out var unsettled))
        {
            try
            {
                _ = unsettled.Succeeded
                    ? await table.CommitAsync(unsettled.Claim, cancellationToken)
                    : await table.ReleaseAsync(unsettled.Claim, cancellationToken);
            }
            catch
            {
                Add(unsettled.Claim, unsettled.Succeeded);
                throw;
            }
        }
    }

    private readonly record struct UnsettledClaim(ReplayClaim Claim, bool Succeeded);
}
