using Proxy.Tests.Operations;

namespace Proxy.Tests.Security;

public sealed class OldSecretTests
{
    [Fact]
    public async Task MatchUnderTheOldSecret_IsCountedByItsName()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await proxy.SendGenuineAsync("tawk");
        await proxy.SendWithOldSecretAsync();
        await proxy.SendWithOldSecretAsync();
        await proxy.SendForgedAsync("tawk");

        await Deadline.Until(async () => (await MatchesAsync("previous"), await MatchesAsync("current")) == (2, 1), "both secrets to be counted");

        async Task<double> MatchesAsync(string secret) =>
            (await proxy.ScrapeAsync()).Sum("webhook_secret_matches_total", ("route", "tawk"), ("secret", secret));
    }
}
