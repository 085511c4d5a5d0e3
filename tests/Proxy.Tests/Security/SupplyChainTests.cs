using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Security;

/// <summary>What the proxy is made of is pinned, audited, and listed beside what is published.</summary>
public sealed partial class SupplyChainTests : IDisposable
{
    private readonly DirectoryInfo _published = Directory.CreateTempSubdirectory("sbom-");

    [Fact]
    public async Task BillOfMaterials_ListsEveryPackageWithItsDigestAndNothingElse()
    {
        var (code, output) = await RunSdkAsync(
            "msbuild", Repository.PathOf("src/Proxy/Proxy.csproj"), "-t:WriteSbom", "-p:Configuration=Release", "-nologo", "-v:quiet", "-nodeReuse:false", $"-p:PublishDir={_published.FullName}/");
        Assert.True(code == 0, output);
        using var bill = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_published.FullName, "proxy.cdx.json")));
        var root = bill.RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (Text(root, "bomFormat"), Text(root, "specVersion")));
        Assert.Equal("proxy", Text(root.GetProperty("metadata").GetProperty("component"), "name"));

        var packages = root.GetProperty("components").EnumerateArray().Where(static component => component.TryGetProperty("purl", out _)).ToList();
        Assert.Equal(Locked("src/Proxy").Order(), packages.Select(static package => (Text(package, "name"), Text(package, "version"), Digest(package))).Order());
        Assert.All(packages, static package => Assert.Equal($"pkg:nuget/{Text(package, "name")}@{Text(package, "version")}", Text(package, "purl")));
        Assert.Equal(
            ["Microsoft.CodeAnalysis.BannedApiAnalyzers"],
            packages.Where(static package => Text(package, "scope") == "excluded").Select(static package => Text(package, "name")));

        // Each refers to what is there, and everything is reached from the application.
        var needs = root.GetProperty("dependencies").EnumerateArray()
            .ToDictionary(static entry => Text(entry, "ref"), static entry => entry.GetProperty("dependsOn").EnumerateArray().Select(static on => on.GetString()!).ToList());
        Assert.Equal(root.GetProperty("components").EnumerateArray().Select(static component => Text(component, "bom-ref")).Append("proxy").Order(), needs.Keys.Order());
        Assert.Equal(needs.Keys.Order(), Reached("proxy", needs, []).Order());
    }

    [Fact]
    public void EveryAssemblyThatIsShipped_IsOfAPackageInTheLockFile()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "proxy.deps.json")));
        var locked = Locked("src/Proxy").Select(static package => $"{package.Name}/{package.Version}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(
            shipped.RootElement.GetProperty("libraries").EnumerateObject().Where(static library => Text(library.Value, "type") == "package"),
            library => Assert.Contains(library.Name, locked));
    }

    [Fact]
    public void EveryProject_IsLockedAndAudited()
    {
        var solution = Repository.Read("Proxy.sln");
        var projects = ProjectPath().Matches(solution).Select(static match => match.Groups["path"].Value.Replace('\\', '/')).ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, static path => Assert.True(File.Exists(Repository.PathOf(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json"))), path));
        var settings = Repository.Read("Directory.Build.props");
        Assert.Contains("<RestorePackagesWithLockFile>true<", settings, StringComparison.Ordinal);
        Assert.Contains("<NuGetAudit>true<", settings, StringComparison.Ordinal);
        Assert.Contains("<NuGetAuditMode>all<", settings, StringComparison.Ordinal);
        Assert.Contains("dotnet restore Proxy.sln --locked-mode", Repository.Read("tests/run.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Image_RunsAsAUserWithoutRightsAndWithoutASocketForDiagnostics()
    {
        var final = Repository.Read("Dockerfile").Split("\nFROM ")[^1];
        Assert.Matches(@"(?m)^USER [1-9]\d*:[1-9]\d*$", final);
        Assert.Contains("DOTNET_EnableDiagnostics=0", final, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?mi)^(RUN|ADD)\b|chmod|apt-get|--chown", final);
    }

    public void Dispose() => _published.Delete(recursive: true);

    /// <summary>How long a compiler takes is nobody's promise: it is waited for to its end.</summary>
    private static async Task<(int Code, string Output)> RunSdkAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(await output));
    }

    private static List<(string Name, string Version, string Digest)> Locked(string project)
    {
        using var file = JsonDocument.Parse(Repository.Read($"{project}/packages.lock.json"));
        return [.. file.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(static package => Text(package.Value, "type") != "Project")
            .Select(static package => (package.Name, Text(package.Value, "resolved"), Convert.ToHexStringLower(package.Value.GetProperty("contentHash").GetBytesFromBase64())))];
    }

    private static HashSet<string> Reached(string from, Dictionary<string, List<string>> needs, HashSet<string> reached)
    {
        if (reached.Add(from))
        {
            needs[from].ForEach(next => Reached(next, needs, reached));
        }

        return reached;
    }

    private static string Digest(JsonElement package)
    {
        var digest = Assert.Single(package.GetProperty("hashes").EnumerateArray());
        Assert.Equal("SHA-512", Text(digest, "alg"));
        return Text(digest, "content");
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();
}
