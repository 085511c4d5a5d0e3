using System.CommandLine;
using Proxy.Commands.Requests;
using Proxy.Configuration;
using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary><c>explain</c>: verifies a captured request offline and says why it fails.</summary>
internal sealed class ExplainCommand
{
    private readonly CommandIo _io;
    private readonly ProviderArguments _provider = new();
    private readonly CaptureArguments _capture = new();
    private readonly Option<string[]> _config = CommonOptions.Config();
    private readonly Option<string?> _route = new("--route") { Description = "Instead of --provider: a route of the configuration.", HelpName = "ID" };
    private readonly Option<DateTimeOffset?> _now = TimeArgument.Create("--now", "The time to judge at.");
    private readonly Option<bool> _showExpected = new("--show-expected") { Description = "Prints the signature that was expected: whoever has it can send this body." };
    private readonly Option<bool> _json = CommonOptions.Json();

    private ExplainCommand(CommandIo io) => _io = io;

    public static Command Create(CommandIo io)
    {
        var explain = new ExplainCommand(io);
        var command = new Verb(
            "explain",
            $"Verifies a captured request offline, says why it fails, and names the usual mistake that explains it, or two of them: at most {CauseSearch.MostTrials} ways are tried.",
            "proxy explain --provider tawk --secret literal:example-secret --request docs/examples/reserialised.http")
        {
            explain._config,
            explain._route,
        };
        explain._provider.AddTo(command);
        explain._capture.AddTo(command);
        command.Options.Add(explain._now);
        command.Options.Add(explain._showExpected);
        command.Options.Add(explain._json);
        command.SetAction(explain.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (request, url) = _capture.Read(parsed, _io);
        var now = parsed.GetValue(_now) ?? _io.Time.GetUtcNow();
        if (_provider.IsGiven(parsed) == parsed.GetValue(_route) is not null)
        {
            throw new UsageException("Give either --provider ID and --secret REF, or --config F and --route ID.");
        }

        var attempt = parsed.GetValue(_route) is { } route ? OfRoute(parsed, route, request, url, now) : OfProvider(parsed, request, url, now);
        return attempt is null ? ExitCode.InvalidConfiguration : Report(parsed, Explanation.Of(attempt));
    }

    private Attempt OfProvider(ParseResult parsed, CapturedRequest request, WebhookUrl? url, DateTimeOffset now)
    {
        var (entry, inputs) = _provider.Read(parsed, _io);
        if (url is null && entry.Scheme.NeedsPublicUrl)
        {
            throw new UsageException($"--url is required: {entry.Name} signs the URL that it calls.");
        }

        return new Attempt
        {
            Provider = entry.Id,
            Scheme = entry.Definition!.Members["scheme"],
            Inputs = inputs,
            PublicUrl = SigningInputs.PublicUrl(entry.Scheme, url),
            Request = request,
            Now = now,
            MaxAge = entry.Tolerance ?? VerifierOptions.DefaultMaxAge,
        };
    }

    /// <summary>Null, and every error printed, when the configuration has any.</summary>
    private Attempt? OfRoute(ParseResult parsed, string route, CapturedRequest request, WebhookUrl? url, DateTimeOffset now)
    {
        var (snapshot, problems, _) = new SnapshotLoader(_io.Configuration(parsed.GetValue(_config) ?? []), keepOrigins: true).Load();
        if (snapshot is not null)
        {
            return new ConfiguredAttempt(snapshot).Of(route, request, url, now);
        }

        ConfigurationReport.Write(_io.Error, problems);
        return null;
    }

    private int Report(ParseResult parsed, Explanation explanation)
    {
        if (parsed.GetValue(_json))
        {
            ExplanationJson.Write(_io.Output, explanation, parsed.GetValue(_showExpected));
        }
        else
        {
            new ExplanationText(_io.Output).Write(explanation, parsed.GetValue(_showExpected));
        }

        return explanation.Verdict.IsVerified ? ExitCode.Ok : ExitCode.NotVerified;
    }
}
