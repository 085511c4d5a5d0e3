using Proxy.Configuration;
using Proxy.Replay;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class ReplaySettingsTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    public ReplaySettingsTests() => _directory.Environment["Webhooks__Replay__Store"] = "PostgreSQL";

    [Fact]
    public void ConnectionString_IsResolved()
    {
        _directory.Environment["DATABASE"] = "Host=db;Username=proxy;Password=secret";
        _directory.Environment["Webhooks__Replay__ConnectionString"] = "env:DATABASE";

        var replay = _directory.LoadText(Valid).Snapshot!.Settings.Replay;

        Assert.Equal((ReplayStoreKind.PostgreSQL, "Host=db;Username=proxy;Password=secret"), (replay.Store, replay.ConnectionString!.Value));
    }

    [Theory]
    [InlineData("Host=db;Pasword=secret-1")]
    [InlineData("Host=db;Port=secret-1")]
    [InlineData("secret-1")]
    [InlineData("Username=proxy;Password=secret-1")]
    [InlineData("Host=db;Password=secret-1;Minimum Pool Size=20;Maximum Pool Size=10")]
    public void MalformedConnectionString_IsAnErrorThatDoesNotQuoteIt(string value)
    {
        _directory.Environment["Webhooks__Replay__ConnectionString"] = value;

        var error = _directory.ErrorOf(Valid);

        Assert.Contains("ConnectionString", $"{error.Source} {error.Path}", StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Legal for the library: what is our default gives way.</summary>
    [Fact]
    public void PoolThatIsToKeepMoreConnectionsThanItHoldsByDefault_IsMadeLarger()
    {
        using var connections = new PostgresConnections("Host=db;Minimum Pool Size=20", TimeSpan.FromSeconds(1));

        Assert.Contains("Maximum Pool Size=20", connections.Quick.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void NoConnectionString_IsAnError() =>
        Assert.Contains("'ConnectionString'", _directory.ErrorOf(Valid).Message, StringComparison.Ordinal);

    public void Dispose() => _directory.Dispose();
}
