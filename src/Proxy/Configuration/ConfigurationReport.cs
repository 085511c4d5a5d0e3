using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Prints what is wrong with a configuration, for people: by file, in the order of the file names, then as it was found.</summary>
internal static class ConfigurationReport
{
    public static void Write(TextWriter output, ProblemList problems)
    {
        Write(output, "error", problems.Errors);
        Write(output, "warning", problems.Warnings);
        if (problems.Errors.Count > 0)
        {
            output.WriteLine(problems.Errors.Count == 1 ? "The configuration has 1 error." : $"The configuration has {problems.Errors.Count} errors.");
        }
    }

    private static void Write(TextWriter output, string kind, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems.OrderBy(static problem => problem.Source, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind}: {problem.Source}: {problem.Path}");
            output.WriteLine($"  {problem.Message}");
        }
    }
}
