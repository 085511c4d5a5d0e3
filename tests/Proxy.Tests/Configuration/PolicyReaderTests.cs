using Proxy.Webhooks;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class PolicyReaderTests : IDisposable
{
    private const string Scheme = """
        "Scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-S", "encoding": "hex" }, "content": "{body}" }
        """;

    private const string BodyTimeScheme = """
        "Scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-S", "encoding": "hex" }, "content": "{body}",
                    "bodyTimestamp": { "in": "json:/at", "format": "unix" } }
        """;

    private const string ParameterScheme = """
        "Scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-S", "encoding": "hex" }, "content": "{parameter:salt}{body}",
                    "parameters": { "salt": { "description": "Any text." } } }
        """;

    private readonly ConfigurationDirectory _directory = new();

    [Fact]
    public void BodySignedOnly_DefaultsToReplayReportsAndNoAge()
    {
        var policy = Policy(Valid);

        Assert.Null(policy.MaxAge);
        Assert.Equal((ReplayMode.Report, TimeSpan.FromHours(1)), (policy.Replay.Mode, policy.Replay.Window));
        Assert.True(policy.Replay.AcknowledgeDuplicates);
        Assert.False(policy.Replay.AllowWhenUnavailable);
        Assert.Equal((10_485_760L, TimeSpan.FromSeconds(10)), (policy.MaxBodyBytes, policy.BodyTimeout));
        Assert.Equal((400, TimeSpan.FromSeconds(100), 2), (policy.RejectStatus, policy.TotalTimeout, policy.Retries));
        Assert.Null(policy.MaxConcurrent);
        Assert.Null(policy.Reply);
        Assert.NotNull(policy.Verifier);
        Assert.Equal(["current"], policy.SecretNames);
    }

    [Fact]
    public void KeyThatTheProviderPublished_IsAnError()
    {
        _directory.Environment["TAWK"] = "test-webhook";
        var json = WithPolicy("\"PublicUrl\": \"https://hooks.example.com/\"", "mandrill");
        _directory.Write("appsettings.json", json);
        var problem = Assert.Single(_directory.Load("appsettings.json").Problems.Errors);
        Assert.EndsWith(".Secrets.current", problem.Path, StringComparison.Ordinal);
        Assert.Contains("published for tests", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("test-webhook", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeSigned_DefaultsToReplayEnforcedAndFiveMinutes()
    {
        var policy = Policy(WithPolicy("\"MaxConcurrent\": 3", "smarterbot"));

        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)), (policy.MaxAge, policy.MaxFutureSkew));
        Assert.Equal((ReplayMode.Enforce, 3), (policy.Replay.Mode, policy.MaxConcurrent));
        Assert.NotNull(policy.Reply);
    }

    [Fact]
    public void UpstreamReplyBody_LeavesTheProvidersOut() =>
        Assert.Null(Policy(WithPolicy("\"ReplyBody\": \"Upstream\"", "smarterbot")).Reply);

    [Fact]
    public void OwnScheme_IsCustom() =>
        Assert.Equal("custom", Policy(Valid.Replace("\"Provider\": \"tawk\"", Scheme, StringComparison.Ordinal)).Provider);

    [Theory]
    [InlineData("\"MaxAge\": \"00:05:00\"", "MaxAge", "signs no time")]
    [InlineData("\"MaxAge\": \"-00:05:00\"", "MaxAge", "expected a duration as hh:mm:ss or d.hh:mm:ss, from 00:00:01 to 7.00:00:00")]
    [InlineData("\"BodyTimeout\": \"-00:00:10\"", "BodyTimeout", "\"-00:00:10\" is not legal here")]
    [InlineData("\"RejectStatus\": 500", "RejectStatus", "from 400 to 499")]
    [InlineData("\"RejectStatus\": 429", "RejectStatus", "except 408, 409, 413, 429")]
    [InlineData("\"Mode\": \"None\"", "Mode", "expected one of Enforce, Report")]
    [InlineData("\"ReplyBody\": \"Provider\"", "ReplyBody", "asks for no body; expected Auto or Upstream")]
    [InlineData("\"AllowedSources\": [\"10.0.0.1/8\"]", "AllowedSources[0]", "\"10.0.0.1/8\" is not legal here; expected a CIDR block")]
    [InlineData("\"MaxConcurrent\": 0", "MaxConcurrent", "from 1 to")]
    [InlineData("\"Upstream\": { \"Retries\": 11 }", "Upstream.Retries", "from 0 to 10")]
    [InlineData("\"Replay\": { \"Mode\": \"On\" }", "Replay.Mode", "expected one of Off, Report, Enforce")]
    [InlineData("\"Replay\": { \"Wnidow\": \"01:00:00\" }", "Replay.Wnidow", "Did you mean 'Window'?")]
    [InlineData("\"Parameters\": { \"token\": \"x\" }", "Parameters", "Unknown parameter 'token'")]
    [InlineData("\"BodyTimestamp\": \"Enforce\"", "BodyTimestamp", "signs no time inside the body; expected Off")]
    [InlineData("\"PublicUrl\": \"example.com/x\"", "PublicUrl", "expected an absolute http or https URL")]
    [InlineData("\"MaxBodyByte\": 1", "MaxBodyByte", "Did you mean 'MaxBodyBytes'?")]
    public void WrongSetting_NamesPathValueAndWhatIsLegal(string member, string path, string expected)
    {
        var error = _directory.ErrorOf(WithPolicy(member));

        Assert.Equal(("main.json", "$.Webhooks.Policies.tawk." + path), (error.Source, error.Path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_TurnsReplayChecksOffAndMayNotEnforceThem()
    {
        const string Token = """
            "Scheme": { "algorithm": "token", "signature": { "in": "header:X-Token" } }
            """;
        var json = Valid.Replace("\"Provider\": \"tawk\"", Token, StringComparison.Ordinal);

        Assert.Equal(ReplayMode.Off, Policy(json).Replay.Mode);
        var error = _directory.ErrorOf(json.Replace("\"Secrets\"", "\"Replay\": { \"Mode\": \"Enforce\" }, \"Secrets\"", StringComparison.Ordinal));
        Assert.Equal("$.Webhooks.Policies.tawk.Replay.Mode", error.Path);
    }

    [Fact]
    public void TimeInsideTheBody_IsJudgedOnRequestWithAnAge()
    {
        var json = Valid.Replace("\"Provider\": \"tawk\"", BodyTimeScheme, StringComparison.Ordinal);
        Assert.Null(Policy(json).MaxAge);
        Assert.Contains("set 'BodyTimestamp'", _directory.ErrorOf(json.Replace("\"Secrets\"", "\"MaxAge\": \"00:01:00\", \"Secrets\"", StringComparison.Ordinal)).Message, StringComparison.Ordinal);

        var policy = Policy(json.Replace("\"Secrets\"", "\"BodyTimestamp\": \"Enforce\", \"Secrets\"", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromMinutes(5), policy.MaxAge);
    }

    [Fact]
    public void Parameters_MayBeReferencesAndAreRequiredAsDeclared()
    {
        var json = Valid.Replace("\"Provider\": \"tawk\"", ParameterScheme, StringComparison.Ordinal);
        Assert.Contains("'salt' is required", _directory.ErrorOf(json).Message, StringComparison.Ordinal);

        _directory.Environment["SALT"] = "x";
        Assert.Empty(_directory.LoadText(json.Replace("\"Secrets\"", "\"Parameters\": { \"salt\": \"env:SALT\" }, \"Secrets\"", StringComparison.Ordinal)).Problems.Warnings);
    }

    [Fact]
    public void UnknownProvider_SuggestsTheNearest()
    {
        var error = _directory.ErrorOf(Valid.Replace("\"Provider\": \"tawk\"", "\"Provider\": \"twak\"", StringComparison.Ordinal));

        Assert.StartsWith("\"twak\" is no provider of the catalogue", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Did you mean 'tawk'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Provider\": \"tawk\", " + Scheme)]
    [InlineData("\"Mode\": \"Enforce\"")]
    public void NeitherOrBothOfProviderAndScheme_IsAnError(string members) =>
        Assert.Contains("'Scheme'", _directory.ErrorOf(Valid.Replace("\"Provider\": \"tawk\"", members, StringComparison.Ordinal)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Secrets\": { }", "No secret is named")]
    [InlineData("\"Secret\": { }", "Did you mean 'Secrets'?")]
    public void NoSecrets_AreAnError(string members, string expected)
    {
        var result = _directory.LoadText(Valid.Replace("\"Secrets\": { \"current\": \"env:TAWK\" }", members, StringComparison.Ordinal));

        Assert.Contains(result.Problems.Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
        Assert.Null(result.Snapshot);
    }

    [Theory]
    [InlineData("\"Mode\": \"report\"", "Mode")]
    [InlineData("\"Replay\": { \"OnStoreUnavailable\": \"Allow\" }", "Replay.OnStoreUnavailable")]
    public void DoubtfulSetting_IsAWarning(string member, string path) =>
        Assert.Equal("$.Webhooks.Policies.tawk." + path, Assert.Single(_directory.LoadText(WithPolicy(member)).Problems.Warnings).Path);

    [Fact]
    public void Networks_MayBeSingleAddresses()
    {
        var policy = Policy(WithPolicy("\"AllowedSources\": [\"203.0.113.7\", \"2001:db8::/32\"]"));

        Assert.Equal("203.0.113.7/32,2001:db8::/32", policy.AllowedSources.ToString());
    }

    public void Dispose() => _directory.Dispose();

    private WebhookPolicy Policy(string json)
    {
        var result = _directory.LoadText(json);
        Assert.Empty(result.Problems.Errors);
        return result.Snapshot!.Policies["tawk"];
    }
}
