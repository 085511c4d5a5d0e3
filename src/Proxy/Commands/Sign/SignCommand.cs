using System.CommandLine;
using Proxy.Commands.Requests;

namespace Proxy.Commands.Sign;

/// <summary><c>sign</c>: the headers that a provider would send with a body.</summary>
internal static class SignCommand
{
    public static Command Create(CommandIo io)
    {
        var signing = new SigningArguments("The URL that the provider calls, where it is signed or its query holds something signed.");
        var command = new Verb(
            "sign",
            "Signs the body on standard input as a provider does, and prints the headers.",
            "echo '{}' | proxy sign --provider github --secret literal:It-is-a-secret");
        signing.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(signing.Read(parsed, io, sentTo: null), io, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(RequestSigner signer, CommandIo io, CancellationToken cancellationToken)
    {
        var body = await io.ReadInputAsync(cancellationToken);
        var signed = signer.Sign(body, signer.Time ?? io.Time.GetUtcNow());
        foreach (var (name, value) in signed.Headers)
        {
            await io.Output.WriteLineAsync($"{name}: {value}");
        }

        if (signed.Target != signer.Target)
        {
            await io.Error.WriteLineAsync($"The signature stands in the query; send to {signed.Target}");
        }

        return ExitCode.Ok;
    }
}
