using System.Text.Json;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Documents;

/// <summary>What docs/security.md says of checks, files and tests is so, and each of its rows has the edit that takes its check out.</summary>
public sealed partial class SecurityPageTests
{
    private const string Page = "docs/security.md";

    /// <summary>The ids of faults begin with it. Their edits take out, or make wrong, what survives them.</summary>
    private const char Fault = 'D';

    private static readonly string Text = Repository.Read(Page);

    /// <summary>Every test method of the checkout, as Class.Method.</summary>
    private static readonly HashSet<string> Tests = [.. Sources("tests").SelectMany(static file =>
        TestMethod().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file).Split('.')[0]}.{match.Groups["name"].Value}"))];

    [Fact]
    public void EveryTestThatIsNamed_Exists()
    {
        var named = NamedTest().Matches(Text).Select(static match => match.Groups["name"].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, static name => Assert.Contains(name, Tests));
    }

    [Fact]
    public void EveryFileThatIsNamed_Exists() =>
        Assert.All(
            NamedFile().Matches(Text).Select(static match => match.Groups["path"].Value).Distinct(),
            static path => Assert.True(Path.Exists(Repository.PathOf(path)), path));

    [Fact]
    public void EveryRow_HasAnIdACheckAFileAndATest()
    {
        var rows = Rows();
        Assert.Equal(rows.Count, rows.Select(static row => row.Id).Distinct().Count());
        Assert.All(rows, static row =>
        {
            Assert.Equal(5, row.Cells.Length);
            Assert.All(row.Cells, static cell => Assert.NotEmpty(cell));
            Assert.Matches("^`src/[^`]+\\.cs`$", row.Cells[3]);
            Assert.True(NamedTest().IsMatch(row.Cells[4]) || row.Cells[4].Contains("tests/extended.sh", StringComparison.Ordinal), row.Id);
        });
    }

    [Fact]
    public void EveryRow_HasAnEditThatTakesItsCheckOut()
    {
        using var edits = JsonDocument.Parse(Repository.Read("tests/removed-checks.json"));
        var found = edits.RootElement.EnumerateArray().Select(static edit => (
            Id: edit.GetProperty("id").GetString()!,
            File: edit.GetProperty("file").GetString()!,
            Find: edit.GetProperty("find").GetString()!)).ToList();

        Assert.Equal(Rows().Select(static row => (row.Id, row.Cells[3].Trim('`'))).Order(), found.Where(static edit => edit.Id[0] != Fault).Select(static edit => (edit.Id, edit.File)).Order());
        Assert.Equal(Rows("## Faults").Select(static row => row.Id).Order(), found.Where(static edit => edit.Id[0] == Fault).Select(static edit => edit.Id).Order());
        Assert.All(found, static edit => Assert.Equal(2, Repository.Read(edit.File).Split(edit.Find).Length));
    }

    private static List<(string Id, string[] Cells)> Rows(string section = "## Threat model") =>
        [.. Row().Matches(Repository.Section(Page, section))
            .Select(static match => match.Value.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())
            .Select(static cells => (cells[0], cells))];

    private static IEnumerable<string> Sources(string directory) => Directory
        .EnumerateFiles(Repository.PathOf(directory), "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"public (static )?(async )?(void|Task|ValueTask) (?<name>\w+_\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"`(?<name>\w+Tests\.\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(?<path>(src|tests|config|docs)/[\w./-]+)`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^\| [A-Z]\d+ \|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
