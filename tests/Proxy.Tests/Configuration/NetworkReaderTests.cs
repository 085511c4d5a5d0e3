using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class NetworkReaderTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Fact]
    public void EveryEntryThatIsNoNetwork_IsAnErrorOfItsOwn()
    {
        var errors = _directory.LoadText(Trusting("\"10.0.0.1/8\", \"192.0.2.1\", \"lb.example.com\", 7")).Problems.Errors;

        Assert.Equal(
            ["$.Webhooks.TrustedProxies[0]", "$.Webhooks.TrustedProxies[2]", "$.Webhooks.TrustedProxies[3]"],
            errors.Select(static error => error.Path));
        Assert.StartsWith("\"lb.example.com\" is not legal here; expected a CIDR block", errors[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("::ffff:0.0.0.0/96")]
    public void NetworkOfEverybody_IsAWarning(string network)
    {
        var problems = _directory.LoadText(Trusting($"\"{network}\"")).Problems;

        Assert.Empty(problems.Errors);
        Assert.StartsWith($"\"{network}\" trusts everybody", Assert.Single(problems.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_AreTakenAsWritten() =>
        Assert.Equal("10.0.0.0/8,2001:db8::1/128", _directory.LoadText(Trusting("\"10.0.0.0/8\", \"2001:db8::1\"")).Snapshot!.Settings.TrustedProxies.ToString());

    public void Dispose() => _directory.Dispose();

    private static string Trusting(string networks) =>
        Valid.Replace("\"Webhooks\": {", $"\"Webhooks\": {{ \"TrustedProxies\": [ {networks} ],", StringComparison.Ordinal);
}
