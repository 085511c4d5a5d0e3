using Proxy.Configuration;

namespace Proxy.Commands;

/// <summary>Everything outside that a verb reads or writes.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">For data.</param>
/// <param name="Error">For words.</param>
/// <param name="IsTerminal">Whether a person looks at the output.</param>
/// <param name="Environment">What <c>env:</c> references name.</param>
/// <param name="Directory">What relative file names start from.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandIo(
    Stream Input,
    TextWriter Output,
    TextWriter Error,
    bool IsTerminal,
    IReadOnlyDictionary<string, string> Environment,
    string Directory,
    TimeProvider Time)
{
    /// <summary>Whether a person would have to type the standard input.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether a person looks at the words.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>This process's own.</summary>
    public static CommandIo OfProcess()
    {
        var source = ConfigurationSource.OfProcess([]);
        return new CommandIo(
            Console.OpenStandardInput(), Console.Out, Console.Error, !Console.IsOutputRedirected, source.Environment, source.Directory, TimeProvider.System)
        {
            IsInputTerminal = !Console.IsInputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
        };
    }

    /// <summary>The configuration that the given files and this environment make.</summary>
    public ConfigurationSource Configuration(IReadOnlyList<string> files) => new(files, Environment, Directory) { Time = Time };

    /// <summary>Reads the whole standard input.</summary>
    public async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        // A terminal's stream does not notice that nobody waits for it any more.
        await Input.CopyToAsync(buffer, cancellationToken).WaitAsync(cancellationToken);
        return buffer.ToArray();
    }

    /// <summary>Reads a file that an option names.</summary>
    public byte[] ReadFile(string option, string path)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(Directory, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: the file '{path}' {Why(e)}.");
        }
    }

    private static string Why(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "may not be read, or is a directory",
        _ => "cannot be read",
    };
}
