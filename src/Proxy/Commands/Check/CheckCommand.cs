using System.CommandLine;

namespace Proxy.Commands.Check;

/// <summary><c>check</c>: loads everything and serves nothing, or asks a running proxy whether it lives.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandIo io)
    {
        var config = CommonOptions.Config();
        var connect = new Option<bool>("--connect") { Description = "Also connects to every upstream and to the replay store; exits 1 if one cannot be reached." };
        var live = new Option<string?>("--live")
        {
            Description = "Instead asks the /livez of a running proxy; exits 1 unless it answers 200. Default: where Management:Url of the configuration is.",
            HelpName = "URL",
            Arity = ArgumentArity.ZeroOrOne,
        };
        live.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ParseUrl(result.GetValue(live)) is null)
            {
                result.AddError("--live needs a URL such as http://127.0.0.1:8081/livez.");
            }
        });
        var command = new Verb("check", "Checks the configuration and prints its routes.", "proxy check --config config/appsettings.json")
        {
            config,
            connect,
            live,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var source = io.Configuration(parsed.GetValue(config) ?? []);
            return parsed.GetResult(live) is null
                ? new ConfigurationCheck(source, io.Output, io.Error, io.IsTerminal).RunAsync(parsed.GetValue(connect), cancellationToken)
                : LivenessCheck.RunAsync(ParseUrl(parsed.GetValue(live)) ?? LivenessUrl.Of(source), io.Error, cancellationToken);
        });
        return command;
    }

    private static Uri? ParseUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") ? url : null;
}
