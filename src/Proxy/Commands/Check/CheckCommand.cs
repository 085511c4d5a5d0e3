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
            Description = "Instead asks the /livez of a running proxy; exits 1 unless it answers 200.",
            HelpName = "URL",
        };
        live.Validators.Add(result =>
        {
            if (ParseUrl(result.GetValue(live)) is null)
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
        command.SetAction((parsed, cancellationToken) => ParseUrl(parsed.GetValue(live)) is { } url
            ? LivenessCheck.RunAsync(url, io.Error, cancellationToken)
            : new ConfigurationCheck(
                io.Configuration(parsed.GetValue(config) ?? []), io.Output, io.Error, io.IsTerminal)
                .RunAsync(parsed.GetValue(connect), cancellationToken));
        return command;
    }

    private static Uri? ParseUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") ? url : null;
}
