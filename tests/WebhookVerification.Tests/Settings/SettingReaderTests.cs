using System.Text;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Settings;

public sealed class SettingReaderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ProblemList _problems = new();

    [Fact]
    public void LegalValues_AreReadWithoutAnError()
    {
        var reader = Read("""
            { "S": "x", "B": true, "I": 3, "L": 5000000000, "D": 0.25, "T": "1.00:00:00", "E": "friday", "N": null,
              "List": ["a", "b"], "Map": { "k": 1, "gone": null }, "Child": { } }
            """);

        Assert.Equal("x", reader.String("S"));
        Assert.True(reader.Bool("b"));
        Assert.Equal(3, reader.Int("I", 0, 3));
        Assert.Equal(5_000_000_000, reader.Long("L"));
        Assert.Equal(0.25, reader.Double("D", 0, 1));
        Assert.Equal(Day, reader.TimeSpan("T", Second, Day));
        Assert.Equal(DayOfWeek.Friday, reader.Enum<DayOfWeek>("E"));
        Assert.Null(reader.Int("N", 1, 2));
        Assert.Null(reader.String("Absent"));
        Assert.Equal(["a", "b"], reader.StringList("List"));
        Assert.Equal("k", Assert.Single(reader.Children("Map")).Key);
        Assert.NotNull(reader.Child("Child"));
        reader.Done();
        Assert.Empty(_problems.Errors);
    }

    [Fact]
    public void StringsFromTheEnvironment_AreReadAsNumbersAndBooleans()
    {
        var reader = new SettingReader(
            Node("{}").With(["I"], "environment variable I", "7").With(["B"], "environment variable B", "True"), _problems);

        Assert.Equal(7, reader.Int("I"));
        Assert.True(reader.Bool("B"));
        Assert.Empty(_problems.Errors);
    }

    [Theory]
    [InlineData("\"-00:00:05\"")]
    [InlineData("\"00:05\"")]
    [InlineData("\"5\"")]
    [InlineData("\"2.00:00:00\"")]
    [InlineData("300")]
    public void DurationThatIsNone_ShowsValueFormAndRange(string json)
    {
        Assert.Null(Read($$"""{ "A": { "MaxAge": {{json}} } }""").Child("A")!.TimeSpan("MaxAge", Second, Day));

        var error = Assert.Single(_problems.Errors);
        Assert.Equal(("file", "$.A.MaxAge"), (error.Source, error.Path));
        Assert.Equal(
            $"{json} is not legal here; expected a duration as hh:mm:ss or d.hh:mm:ss, from 00:00:01 to 1.00:00:00.", error.Message);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("11")]
    [InlineData("1.5")]
    [InlineData("\" 1\"")]
    [InlineData("[]")]
    public void NumberOutOfRange_IsAnError(string json)
    {
        Assert.Null(Read($$"""{ "N": {{json}} }""").Int("N", 0, 10));

        Assert.EndsWith("expected a whole number from 0 to 10.", Assert.Single(_problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongEnumMember_ListsTheLegalOnesAndSuggestsTheNearest()
    {
        Assert.Null(Read("""{ "E": "Munday" }""").Enum("E", DayOfWeek.Monday, DayOfWeek.Friday));

        Assert.Equal(
            "\"Munday\" is not legal here; expected one of Monday, Friday. Did you mean 'Monday'?",
            Assert.Single(_problems.Errors).Message);
    }

    [Fact]
    public void UnknownKeys_AreAllReportedWithTheNearestAndTheLegalOnes()
    {
        var reader = Read("""{ "MaxAeg": 1, "Quite": { }, "Mode": "x", "$schema": "s", "$comment": "c" }""");
        reader.Any("MaxAge");
        reader.Any("Mode");
        reader.Done();

        Assert.Equal(
            ["Unknown key 'MaxAeg'. Did you mean 'MaxAge'? Legal keys: MaxAge, Mode.", "Unknown key 'Quite'. Legal keys: MaxAge, Mode."],
            _problems.Errors.Select(error => error.Message));
    }

    [Fact]
    public void SchemaKeyBelowTheTop_IsUnknown()
    {
        Read("""{ "A": { "$schema": "s" } }""").Child("A")!.Done();

        Assert.Single(_problems.Errors);
    }

    [Fact]
    public void RequiredMembers_MustBeThereAndNotBeEmpty()
    {
        var reader = Read("""{ "Empty": " " }""");

        Assert.Null(reader.RequiredString("Empty"));
        Assert.Null(reader.RequiredString("Absent"));
        Assert.Equal(["$.Empty", "$"], _problems.Errors.Select(error => error.Path));
        Assert.Contains("'Absent' is required", _problems.Errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretOfTheWrongType_IsNotShown()
    {
        Assert.Null(Read("""{ "Token": 123456 }""").Secret("Token"));

        Assert.DoesNotContain("123456", Assert.Single(_problems.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LongOrUnprintableValue_IsShownShort()
    {
        Read($$"""{ "N": "\u001b[31m{{new string('x', 500)}}" }""").Int("N");

        var message = Assert.Single(_problems.Errors).Message;
        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 200);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    public void RootThatIsNoObject_IsAnError(string json)
    {
        Read(json).Done();

        Assert.Contains("expected an object", Assert.Single(_problems.Errors).Message, StringComparison.Ordinal);
    }

    private SettingReader Read(string json) => new(Node(json), _problems);

    private SettingNode Node(string json) => SettingNode.Parse("file", Encoding.UTF8.GetBytes(json), null, _problems)!;
}
