namespace Proxy.Commands;

/// <summary>The command line, or something that it names, cannot be used. The message is a line for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
