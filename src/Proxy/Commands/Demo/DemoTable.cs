using Spectre.Console;

namespace Proxy.Commands.Demo;

/// <summary>The table of a demo: what the provider was answered, what the consumer saw, and whether that is right.</summary>
internal static class DemoTable
{
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    public static Table Of(IEnumerable<DemoResult> results)
    {
        var table = new Table().AddColumns("provider", "event", "case", "answer", "consumer saw it", "as expected");
        foreach (var result in results)
        {
            table.AddRow(
                [
                    new Text(result.Webhook.Provider),
                    new Text(result.Webhook.Event),
                    new Text(result.Case.ToString().ToLowerInvariant()),
                    .. result.Actual is { } actual ? Outcome(actual, result.IsAsExpected) : NotApplicable(),
                ]);
        }

        return table;
    }

    private static Text[] Outcome(DemoOutcome actual, bool isAsExpected) =>
    [
        new Text($"{actual.Status}"),
        new Text(actual.Consumer switch
        {
            ConsumerSight.Nothing => "no",
            ConsumerSight.Request => "yes",
            _ => "altered",
        }),
        new Text(isAsExpected ? "yes" : "no", isAsExpected ? Good : Bad),
    ];

    private static Text[] NotApplicable() => [new Text("n/a: signs no time"), new Text("-"), new Text("-")];
}
