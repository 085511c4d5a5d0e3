using System.Text;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Settings;

public sealed class SettingNodeTests
{
    private readonly ProblemList _problems = new();

    [Fact]
    public void CommentsAndTrailingCommas_AreLegal()
    {
        var node = Parse("""{ /* one */ "A": [1, 2,], // two""" + "\n" + """ "B": true, }""");

        Assert.Empty(_problems.Errors);
        Assert.Equal(["1", "2"], node!.Members["A"].Items.Select(item => item.Text));
        Assert.Equal(SettingKind.True, node.Members["b"].Kind);
    }

    [Fact]
    public void ByteOrderMark_IsIgnored()
    {
        var node = SettingNode.Parse("f", Encoding.UTF8.GetPreamble().Concat("{}"u8.ToArray()).ToArray(), null, _problems);

        Assert.Equal(SettingKind.Object, node!.Kind);
    }

    [Fact]
    public void Paths_QuoteNamesThatAreNoIdentifiers()
    {
        var node = Parse("""{ "A": { "my-app": [ { "it's": 1 } ] } }""")!;

        var item = node.Members["A"].Members["my-app"].Items[0];
        Assert.Equal("$.A['my-app'][0]", item.Path);
        Assert.Equal(@"$.A['my-app'][0]['it\'s']", item.Members["it's"].Path);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n  \"A\": tsecret\n}", 2)]
    [InlineData("{\n\n  \"A\": \"\\ud800\" }", 3)]
    [InlineData("{ \"A\": 1 } x", 1)]
    [InlineData("{ \"A\": 1", 1)]
    public void BrokenJson_NamesTheLineAndNeverTheText(string json, int line)
    {
        Assert.Null(Parse(json));

        var error = Assert.Single(_problems.Errors);
        Assert.Contains($"Line {line}, column ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidUtf8_IsAnError()
    {
        Assert.Null(SettingNode.Parse("f", new byte[] { (byte)'"', 0xFF, (byte)'"' }, null, _problems));

        Assert.Contains("Line 1, column 1", Assert.Single(_problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooDeep_SaysSo()
    {
        Assert.Null(Parse(new string('[', 65) + new string(']', 65)));

        Assert.Contains("deeper than 64", Assert.Single(_problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SameKeyInAnotherCase_IsAnError()
    {
        Parse("""{ "MaxAge": 1, "maxage": 2 }""");

        Assert.Equal("$.maxage", Assert.Single(_problems.Errors).Path);
    }

    [Fact]
    public void Merge_GoesMemberByMember_KeepsTheFirstSpellingAndReplacesArrays()
    {
        var merged = Parse("""{ "Policies": { "Stripe": { "A": [1, 2], "B": 1 } }, "X": 1 }""")!
            .Merge(SettingNode.Parse("second", """{ "policies": { "stripe": { "a": [3], "C": 2 } } }"""u8.ToArray(), "/b", _problems)!);

        Assert.Equal(["Policies", "X"], merged.Members.Keys);
        var (name, policy) = Assert.Single(merged.Members["Policies"].Members);
        Assert.Equal("Stripe", name);
        Assert.Equal(["A", "B", "C"], policy.Members.Keys);
        Assert.Equal("3", Assert.Single(policy.Members["A"].Items).Text);
        Assert.Equal(("second", "/b"), (policy.Members["A"].Source, policy.Members["A"].BaseDirectory));
        Assert.Equal("first", policy.Members["B"].Source);
    }

    [Fact]
    public void With_SetsMembersAndIndexesArrays()
    {
        var node = Parse("""{ "A": { "List": ["x", "y"] } }""")!
            .With(["a", "list", "1"], "environment variable V", "changed")
            .With(["a", "list", "9"], "environment variable V", "appended")
            .With(["New", "0", "Name"], "environment variable V", "made");

        Assert.Equal(["x", "changed", "appended"], node.Members["A"].Members["List"].Items.Select(item => item.Text));
        var made = node.Members["New"].Items[0].Members["name"];
        Assert.Equal(("made", "$.New[0].Name", "environment variable V"), (made.Text, made.Path, made.Source));
    }

    [Fact]
    public void ToString_NeverPrintsAValue()
    {
        Assert.Equal("first: $.A (String)", Parse("""{ "A": "s3cret" }""")!.Members["A"].ToString());
    }

    private SettingNode? Parse(string json) => SettingNode.Parse("first", Encoding.UTF8.GetBytes(json), "/a", _problems);
}
