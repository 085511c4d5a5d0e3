using System.CommandLine;

namespace Proxy.Commands.Demo;

/// <summary><c>demo</c>: shows on loopback, without any configuration, what the proxy lets through and what it stops.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandIo io)
    {
        var once = new Option<bool>("--once") { Description = "End after the table: exit code 0 when every case came out as it must, else 4." };
        var command = new Verb(
            "demo", "Sends genuine, tampered, expired and replayed webhooks through a proxy to a sample consumer.", "proxy demo --once")
        {
            once,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(once), io.Output, io.Error, io.IsTerminal, cancellationToken));
        return command;
    }

    /// <summary>Plays the demo; without <paramref name="once"/>, goes on serving until it is cancelled.</summary>
    internal static async Task<int> RunAsync(
        bool once, TextWriter output, TextWriter words, bool isTerminal, CancellationToken cancellationToken)
    {
        await using var host = await DemoHost.StartAsync(TimeProvider.System, cancellationToken);
        var results = await PlayAsync(host, cancellationToken);
        TableOutput.Write(output, isTerminal, DemoTable.Of(results));
        if (!once)
        {
            await ServeAsync(host, words, cancellationToken);
        }

        return results.All(static result => result.IsAsExpected) ? ExitCode.Ok : ExitCode.NotVerified;
    }

    private static async Task<List<DemoResult>> PlayAsync(DemoHost host, CancellationToken cancellationToken)
    {
        using var provider = new HttpClient { BaseAddress = host.Address };
        var script = new DemoScript(provider, host.Consumer, host.Policies, host.Secrets, TimeProvider.System);
        return await script.PlayAsync(cancellationToken).ToListAsync(cancellationToken);
    }

    /// <summary>Leaves everything running for the reader to try, and tells what the consumer gets.</summary>
    private static async Task ServeAsync(DemoHost host, TextWriter words, CancellationToken cancellationToken)
    {
        // An event that the table has not used up: the proxy would take it for a duplicate.
        var fresh = SampleWebhook.All.First(webhook => webhook is { Provider: "tawk", Event: "chat:end" });
        var request = DemoRequest.Sign(fresh, host.Secrets[fresh.Provider], TimeProvider.System.GetUtcNow());
        await words.WriteLineAsync($"""

            proxy     {host.Address}
            consumer  {host.Consumer.Address}
            metrics   {host.ManagementAddress}metrics

            A genuine webhook of {fresh.Provider}; the second time it is a duplicate, and with any byte changed a forgery:
              {request.ToCurl(host.Address)}
            Why something was refused:
              curl -s {host.ManagementAddress}metrics | grep 'webhook_requests_total.* [1-9]'

            Ctrl+C stops.
            """.AsMemory(), cancellationToken);
        try
        {
            await foreach (var received in host.Consumer.Received.ReadAllAsync(cancellationToken))
            {
                await words.WriteLineAsync($"consumer: {received.Method} {received.Target}, {received.Body.Length} bytes");
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C.
        }
    }
}
