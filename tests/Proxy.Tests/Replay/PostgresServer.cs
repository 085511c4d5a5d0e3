using System.Diagnostics;
using Npgsql;

namespace Proxy.Tests.Replay;

/// <summary>A real PostgreSQL of the system's packages: a data directory of its own, a free port, gone afterwards.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"webhook-pg-{Guid.NewGuid():N}");
    private readonly int _port = FreePort.Take();
    private int _schemas;

    private PostgresServer()
    {
    }

    /// <summary>Of the superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>A server that accepts connections.</summary>
    public static async Task<PostgresServer> CreateAsync()
    {
        var server = new PostgresServer();
        await RunAsync("initdb", "-D", server._directory, "-A", "trust", "-U", "postgres", "--no-sync", "--no-instructions");
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() => RunAsync(
        "pg_ctl", "-D", _directory, "-w", "-t", "20", "-l", Path.Combine(_directory, "log"),
        "-o", $"-p {_port} -k {_directory} -c listen_addresses=127.0.0.1", "start");

    /// <summary>Connections are cut; what was written is on the disk.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", _directory, "-w", "-m", "fast", "stop");

    /// <summary>Stops as if the power had failed.</summary>
    public Task CrashAsync() => RunAsync("pg_ctl", "-D", _directory, "-w", "-m", "immediate", "stop");

    /// <summary>Sends a signal, such as STOP or CONT, to the server and every process of it.</summary>
    public void Signal(string signal)
    {
        var server = File.ReadLines(Path.Combine(_directory, "postmaster.pid")).First();
        Signal(signal, [server, .. File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>Sends a signal to some processes of the server, such as those of one connection.</summary>
    public static void Signal(string signal, IEnumerable<string> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes]);
        kill.WaitForExit();
    }

    /// <summary>Where a store finds no table of another test.</summary>
    public async Task<string> CreateSchemaAsync()
    {
        var schema = $"s{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync($"CREATE SCHEMA {schema}");
        return $"{ConnectionString};Search Path={schema}";
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{ConnectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_directory, "postmaster.pid")))
        {
            await CrashAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>PostgreSQL refuses to run as root; its package brings a user.</summary>
    private static async Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Directory.GetDirectories(Packages).Max(StringComparer.Ordinal)!, "bin", program);
        string[] line = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
        // Output goes nowhere: the server would inherit a pipe, and hold it open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. line]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
