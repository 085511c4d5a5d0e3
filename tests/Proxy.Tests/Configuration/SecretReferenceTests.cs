using System.Runtime.Versioning;
using Proxy.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class SecretReferenceTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Theory]
    [InlineData("plain-value-of-some-length\n", 26, 0)]
    [InlineData("plain-value-of-some-length\r\n", 26, 0)]
    [InlineData("plain-value-of-some-length\n\n", 27, 1)]
    [InlineData(" plain-value-of-some-length", 27, 1)]
    [InlineData("plain-value-of-some-length", 26, 0)]
    public void File_LosesOneNewlineAndNothingElse(string content, int length, int warnings)
    {
        _directory.Write("secret", content);

        var (value, problems) = Resolve("file:secret");
        Assert.Equal(length, value!.Value.Length);
        Assert.Equal(warnings, problems.Warnings.Count);
    }

    [Fact]
    public void Literal_IsTakenWithAWarning()
    {
        var (value, problems) = Resolve("0123456789abcdef");

        Assert.Equal("0123456789abcdef"u8, value!.Value.Span);
        Assert.Contains("literal secret", Assert.Single(problems.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EscapedLiteral_MayBeginLikeAReference() =>
        Assert.Equal("env:0123456789abcdef"u8, Resolve("literal:env:0123456789abcdef").Value!.Value.Span);

    [Fact]
    public void ShortSecret_IsAWarningThatDoesNotShowIt()
    {
        _directory.Environment["SHORT"] = "s3cret";

        var warning = Assert.Single(Resolve("env:SHORT").Problems.Warnings);
        Assert.Contains("6 bytes", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env:UNSET", "'UNSET' is not set")]
    [InlineData("env:EMPTY", "'EMPTY' is empty")]
    [InlineData("env:BLANK", "'BLANK' is only white space")]
    [InlineData("file:absent", "'absent' does not exist")]
    [InlineData("file:", "names no file")]
    [InlineData("file:.", "is a directory")]
    [InlineData("file:large", "is larger than 65536 bytes")]
    [InlineData("literal:", "is empty")]
    [InlineData("", "is empty")]
    public void UnusableReference_IsAnErrorThatSaysWhy(string reference, string expected)
    {
        _directory.Environment["EMPTY"] = "";
        _directory.Environment["BLANK"] = " \t\n";
        _directory.Write("large", new string('x', 65_537));

        var (value, problems) = Resolve(reference);
        Assert.Null(value);
        var error = Assert.Single(problems.Errors);
        Assert.Equal("$.Webhooks.Policies.tawk.Secrets.current", error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void UnreadableFile_IsAnError()
    {
        var path = _directory.Write("locked", Secret);
        File.SetUnixFileMode(path, UnixFileMode.None);

        // Whoever runs as root may read everything, and has no such error to see.
        var (value, problems) = Resolve("file:locked");
        Assert.Equal(System.Environment.IsPrivilegedProcess ? 0 : 1, problems.Errors.Count);
        Assert.Equal(System.Environment.IsPrivilegedProcess, value is not null);
    }

    [Fact]
    public void File_IsRelativeToTheFileThatNamesIt()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Root, "nested"));
        _directory.Write("nested/secret", "from-beside-the-second-file");
        _directory.Write("main.json", Valid);
        _directory.Write("nested/over.json", """{ "Webhooks": { "Policies": { "tawk": { "Secrets": { "old": "file:secret" } } } } }""");

        Assert.Equal(["current", "old"], _directory.Load("main.json", "nested/over.json").Snapshot!.Policies["tawk"].SecretNames);
    }

    [Fact]
    public void NoMessageAndNoText_HoldsASecret()
    {
        _directory.Environment["TAWK"] = $" {Secret}";
        _directory.Environment["Management__Token"] = $"literal:token-{Secret}";
        _directory.Environment["Webhooks__Replay__ConnectionString"] = $"Host=x;Password={Secret}";
        var result = _directory.LoadText(WithPolicy($$"""
            "MaxAge": 5, "Secrets2": "{{Secret}}"
            """));

        var text = string.Join('\n', result.Problems.Errors.Concat(result.Problems.Warnings));
        Assert.NotEmpty(result.Problems.Errors);
        Assert.Equal(3, result.Problems.Warnings.Count);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);

        _directory.Environment["Webhooks__Replay__Store"] = "PostgreSQL";
        var snapshot = _directory.LoadText(Valid).Snapshot!;
        Assert.DoesNotContain(Secret, snapshot + snapshot.Settings.ToString() + snapshot.Policies["tawk"], StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private (ReadOnlyMemory<byte>? Value, WebhookVerification.Settings.ProblemList Problems) Resolve(string reference)
    {
        var problems = new WebhookVerification.Settings.ProblemList();
        _directory.Write("main.json", Valid.Replace("env:TAWK", reference, StringComparison.Ordinal));
        var files = new FileSnapshot();
        var root = ConfigurationFiles.Read(_directory.Source(), files, problems)!;
        var node = root.Members["Webhooks"].Members["Policies"].Members["tawk"].Members["Secrets"].Members["current"];
        return (new SecretReference(_directory.Source(), files, problems).Resolve(node), problems);
    }
}
