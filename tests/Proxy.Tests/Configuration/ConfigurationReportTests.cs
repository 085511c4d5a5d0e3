using Proxy.Configuration;
using WebhookVerification.Settings;

namespace Proxy.Tests.Configuration;

public sealed class ConfigurationReportTests
{
    [Fact]
    public void Report_IsOrderedByFileAndCountsErrors()
    {
        var problems = new ProblemList();
        problems.Error("b.json", "$.B", "Second.");
        problems.Error("a.json", "$.Z", "First.");
        problems.Error("b.json", "$.A", "Third.");
        using var output = new StringWriter { NewLine = "\n" };
        ConfigurationReport.Write(output, problems);

        Assert.Equal(
            """
            error: a.json: $.Z
              First.
            error: b.json: $.B
              Second.
            error: b.json: $.A
              Third.
            The configuration has 3 errors.

            """,
            output.ToString());
    }
}
