using System.CommandLine;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Commands.Requests;

/// <summary>The options of a verb that signs as a provider does.</summary>
internal sealed class SigningArguments
{
    private readonly ProviderArguments _provider = new();

    private readonly Option<DateTimeOffset?> _time = TimeArgument.Create("--timestamp", "The time to sign.");

    private readonly Option<string?> _id = new("--id")
    {
        Description = "The delivery id or nonce, where one is signed. Default: a random one.",
        HelpName = "ID",
    };

    private readonly Option<string?> _url;

    private readonly Option<string?> _method = CommonOptions.Method("POST");

    public SigningArguments(string urlDescription) => _url = CommonOptions.Url(urlDescription);

    public void AddTo(Command command)
    {
        _provider.AddTo(command);
        command.Options.Add(_time);
        command.Options.Add(_id);
        command.Options.Add(_url);
        command.Options.Add(_method);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="io">Resolves references.</param>
    /// <param name="sentTo">The URL that a request goes to, and that is signed unless --url says otherwise; null for none.</param>
    /// <param name="forgesSecret">Whether to sign with secrets that are not the given ones.</param>
    /// <exception cref="UsageException">Something that is given, or not given, makes no signature.</exception>
    public RequestSigner Read(ParseResult parsed, CommandIo io, WebhookUrl? sentTo, bool forgesSecret = false)
    {
        var (entry, inputs) = _provider.Read(parsed, io);
        if (forgesSecret)
        {
            inputs = inputs with { Secrets = [.. inputs.Secrets.Select(static secret => secret.Forged())] };
        }

        var url = parsed.GetValue(_url) is { } text ? WebhookUrl.Parse("--url", text) : sentTo;
        if (url is null && entry.Scheme.NeedsPublicUrl)
        {
            throw new UsageException($"--url is required: {entry.Name} signs the URL that it calls.");
        }

        return new RequestSigner(entry, Signer(entry, inputs, url))
        {
            Target = (sentTo ?? url)?.Target ?? "/",
            Method = parsed.GetValue(_method) ?? "POST",
            Time = parsed.GetValue(_time),
            Id = parsed.GetValue(_id),
        };
    }

    private static WebhookSigner Signer(ProviderEntry entry, SigningInputs inputs, WebhookUrl? url)
    {
        var problems = new ProblemList();
        return WebhookSigner.Create(entry.Scheme, inputs.ToOptions(SigningInputs.PublicUrl(entry.Scheme, url)), SigningInputs.CommandLine, problems)
            ?? throw new UsageException(string.Join(Environment.NewLine, problems.Errors.Select(static error => error.Message)));
    }
}
