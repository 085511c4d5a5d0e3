using System.CommandLine;
using Proxy.Commands.Requests;

namespace Proxy.Commands.Explain;

/// <summary><c>(--headers F --body F | --request F) [--url URL] [--method M]</c>: a captured request.</summary>
internal sealed class CaptureArguments
{
    private readonly Option<string?> _headers = new("--headers") { Description = "The request's headers, a \"Name: value\" a line.", HelpName = "F" };

    private readonly Option<string?> _body = CommonOptions.Body("The request's body, byte for byte.");

    private readonly Option<string?> _request = new("--request")
    {
        Description = "Instead of both: a raw HTTP message, such as Capture writes.",
        HelpName = "F",
    };

    private readonly Option<string?> _url = CommonOptions.Url("The URL that the provider was told to call, where it is signed.");

    private readonly Option<string?> _method = CommonOptions.Method("that of --request, else POST");

    public void AddTo(Command command)
    {
        command.Options.Add(_headers);
        command.Options.Add(_body);
        command.Options.Add(_request);
        command.Options.Add(_url);
        command.Options.Add(_method);
    }

    /// <exception cref="UsageException">A file is missing or holds no such thing.</exception>
    public (CapturedRequest Request, WebhookUrl? Url) Read(ParseResult parsed, CommandIo io)
    {
        var url = parsed.GetValue(_url) is { } text ? WebhookUrl.Parse("--url", text) : null;
        var request = (parsed.GetValue(_request), parsed.GetValue(_headers), parsed.GetValue(_body)) switch
        {
            ({ } file, null, null) => HttpMessageParser.ParseMessage(file, io.ReadFile("--request", file)),
            (null, { } headers, { } body) => new CapturedRequest(
                "POST", url?.Target ?? "/", HttpMessageParser.ParseHeaders(headers, io.ReadFile("--headers", headers)), io.ReadFile("--body", body)),
            _ => throw new UsageException("Give either --request F, or --headers F and --body F."),
        };
        return (parsed.GetValue(_method) is { } method ? request with { Method = method } : request, url);
    }
}
