using System.CommandLine;
using Proxy.Commands.Requests;

namespace Proxy.Commands.Send;

/// <summary><c>send</c>: posts a body as a provider would, once or many times.</summary>
internal sealed class SendCommand
{
    private const int MostRequests = 10_000_000;
    private const int MostAtATime = 1000;

    // Waits are counted in milliseconds, up to some weeks.
    private const double LeastRate = 0.001;
    private const double MostRate = 1_000_000;

    private readonly CommandIo _io;
    private readonly Argument<string> _url = new("URL") { Description = "Where to." };
    private readonly SigningArguments _signing = new("The URL as the provider was told it, where that is signed and is not the one sent to.");
    private readonly Option<string?> _body = CommonOptions.Body("The body's file. Default: standard input; when that is a terminal or empty, a sample of the provider.");
    private readonly Option<Forgery> _forge = OptionValues.Choice<Forgery>("--forge", "WHAT", "Spoils the request: body, signature, secret, timestamp or replay.");
    private readonly Option<int?> _count = OptionValues.Number("--count", "N", "How many requests. Default: 1.", 1, MostRequests);
    private readonly Option<int?> _concurrency = OptionValues.Number("--concurrency", "N", "How many at a time. Default: 1.", 1, MostAtATime);
    private readonly Option<double?> _rate = OptionValues.Number("--rate", "R", "How many are begun in a second. Default: as many as can be.", LeastRate, MostRate);

    private SendCommand(CommandIo io) => _io = io;

    public static Command Create(CommandIo io)
    {
        var send = new SendCommand(io);
        var command = new Verb(
            "send",
            "Signs a body as a provider does, and posts it. Exits 0 for a 2xx answer, else 4.",
            "echo '{}' | proxy send ${PROXY_URL:-http://127.0.0.1:8080}/webhooks/tawk --provider tawk --secret env:TAWK_WEBHOOK_SECRET")
        {
            send._url,
        };
        send._signing.AddTo(command);
        foreach (var option in new Option[] { send._body, send._forge, send._count, send._concurrency, send._rate })
        {
            command.Options.Add(option);
        }

        command.SetAction(send.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var url = WebhookUrl.Parse("URL", parsed.GetRequiredValue(_url));
        var forgery = parsed.GetValue(_forge);
        var signer = _signing.Read(parsed, _io, url, forgery == Forgery.Secret);
        if (forgery == Forgery.Timestamp && !signer.SignsTime)
        {
            throw new UsageException("--forge timestamp: this provider signs no time.");
        }

        var body = await ReadBodyAsync(parsed, signer, cancellationToken);
        var requests = new RequestFactory(signer, url, body, forgery, _io.Time);

        // A proxy of the environment's would answer for the one that is meant.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var sender = new Sender(client, _io.Time);
        return parsed.GetValue(_count) is > 1 and var count
            ? await SendManyAsync(sender, requests, count, parsed, cancellationToken)
            : await SendOneOrAgainAsync(sender, requests, forgery, cancellationToken);
    }

    /// <summary>A replay needs something to replay.</summary>
    private async Task<int> SendOneOrAgainAsync(Sender sender, RequestFactory requests, Forgery forgery, CancellationToken cancellationToken)
    {
        if (forgery == Forgery.Replay)
        {
            await sender.SendOneAsync(requests.Next(), _io, cancellationToken);
        }

        return await sender.SendOneAsync(requests.Next(), _io, cancellationToken);
    }

    private async Task<int> SendManyAsync(Sender sender, RequestFactory requests, int count, ParseResult parsed, CancellationToken cancellationToken)
    {
        var start = _io.Time.GetTimestamp();
        var summary = await SendProgress.ShowAsync(_io, count, sent => sender.SendManyAsync(
            requests, count, parsed.GetValue(_concurrency) ?? 1, parsed.GetValue(_rate), sent, cancellationToken));
        TableOutput.Write(_io.Output, _io.IsTerminal, summary.ToTable(_io.Time.GetElapsedTime(start)));
        return summary.IsAllSuccess ? ExitCode.Ok : ExitCode.NotVerified;
    }

    /// <summary>An empty body is sent where a file says so; nobody means one who pipes nothing in.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(ParseResult parsed, RequestSigner signer, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_body) is { } file)
        {
            return _io.ReadFile("--body", file);
        }

        if (!_io.IsInputTerminal && await _io.ReadInputAsync(cancellationToken) is { Length: > 0 } input)
        {
            return input;
        }

        var sample = SampleBody.Of(signer.Entry);
        await _io.Error.WriteLineAsync($"The body is {sample.Origin}.");
        return sample.Bytes;
    }
}
