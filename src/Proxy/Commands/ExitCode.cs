namespace Proxy.Commands;

/// <summary>What the process says on its way out.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Could not start: the port is taken, a file cannot be bound.</summary>
    public const int StartFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration has errors.</summary>
    public const int InvalidConfiguration = 3;

    /// <summary>Not verified, or a demonstration that did not come out as it must.</summary>
    public const int NotVerified = 4;
}
