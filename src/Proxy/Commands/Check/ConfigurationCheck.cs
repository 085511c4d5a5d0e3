using Proxy.Configuration;
using Proxy.Webhooks;
using Spectre.Console;

namespace Proxy.Commands.Check;

/// <summary>Loads a configuration and prints what it comes to: a table of its routes, or every error.</summary>
/// <param name="source">Where it comes from.</param>
/// <param name="output">Receives the table.</param>
/// <param name="errors">Receives warnings and errors.</param>
/// <param name="isTerminal">Whether a person looks at the table.</param>
internal sealed class ConfigurationCheck(ConfigurationSource source, TextWriter output, TextWriter errors, bool isTerminal)
{
    /// <summary>Returns the exit code.</summary>
    public async Task<int> RunAsync(bool connect, CancellationToken cancellationToken)
    {
        var (snapshot, problems, _) = new SnapshotLoader(source).Load();
        ConfigurationReport.Write(errors, problems);
        if (snapshot is null)
        {
            return ExitCode.InvalidConfiguration;
        }

        TableOutput.Write(output, isTerminal, Routes(snapshot));
        return connect && !await ConnectAsync(snapshot, cancellationToken) ? ExitCode.StartFailed : ExitCode.Ok;
    }

    private static Table Routes(ProxySnapshot snapshot)
    {
        var addresses = snapshot.Clusters.ToDictionary(
            static cluster => cluster.ClusterId,
            static cluster => string.Join(", ", cluster.Destinations!.Values.Select(static destination => destination.Address)),
            StringComparer.OrdinalIgnoreCase);
        var table = new Table().AddColumns("route", "policy", "provider", "mode", "secrets", "upstream");
        foreach (var (route, policy) in snapshot.Routes)
        {
            table.AddRow(
                new Text(route.RouteId),
                new Text(policy.Name),
                new Text(policy.Provider),
                new Text(policy.Mode == PolicyMode.None ? "unverified" : policy.Mode.ToString()),
                new Text(policy.SecretNames.Count == 0 ? "-" : string.Join(", ", policy.SecretNames)),
                new Text(addresses[route.ClusterId!]));
        }

        return table;
    }

    private async Task<bool> ConnectAsync(ProxySnapshot snapshot, CancellationToken cancellationToken)
    {
        var failures = await Task.WhenAll(UpstreamProbe.Of(snapshot.Clusters).Select(async probe =>
            (probe.Address, Failure: await probe.ConnectAsync(cancellationToken))));
        foreach (var (address, failure) in failures.Where(static probe => probe.Failure is not null))
        {
            await errors.WriteLineAsync($"error: upstream {address}: {failure}");
        }

        var store = await StoreProbe.ConnectAsync(snapshot.Settings.Replay, cancellationToken);
        if (store is not null)
        {
            await errors.WriteLineAsync($"error: replay store: {store}");
        }

        return store is null && failures.All(static probe => probe.Failure is null);
    }
}
