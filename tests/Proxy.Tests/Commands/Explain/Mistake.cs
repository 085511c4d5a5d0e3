using System.Text;
using System.Text.Json.Nodes;
using Proxy.Commands.Explain;
using Proxy.Commands.Requests;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Tests.Commands.Explain;

/// <summary>A sender and a receiver that agree, until a test makes one of them do something else.</summary>
internal sealed class Mistake
{
    public const string Secret = "It's a secret to everybody";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_735_787_047);

    private readonly Attempt _sender;
    private readonly Attempt _receiver;

    private Mistake(Attempt sender, Attempt receiver) => (_sender, _receiver) = (sender, receiver);

    public static Mistake With(string provider, string body = "{\"id\":1}", string? url = null, string secret = Secret)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(provider, out var entry));
        var both = new Attempt
        {
            Provider = provider,
            Scheme = entry.Definition!.Members["scheme"],
            Inputs = new SigningInputs([Named(secret)], new Dictionary<string, string>()),
            PublicUrl = url,
            Request = new CapturedRequest("POST", url is null ? "/" : WebhookUrl.Parse("url", url).Target, [], Encoding.UTF8.GetBytes(body)),
            Now = Now,
            MaxAge = entry.Tolerance ?? TimeSpan.FromMinutes(5),
        };
        return new Mistake(both, both);
    }

    public Mistake Sender(Func<Attempt, Attempt> change) => new(change(_sender), _receiver);

    public Mistake SenderScheme(string json) => Sender(sender => sender.WithScheme(JsonNode.Parse(json)!.AsObject()));

    public Mistake SenderSecret(string secret) => Sender(sender => sender.WithSecrets([Named(secret)]));

    public Mistake SenderBody(byte[] body) => Sender(sender => sender.WithBody(body));

    public Mistake SenderBody(string body) => SenderBody(Encoding.UTF8.GetBytes(body));

    public Mistake Receiver(Func<Attempt, Attempt> change) => new(_sender, change(_receiver));

    /// <summary>What is found out about the request as it arrives.</summary>
    public IReadOnlyList<Finding> Explain(params KeyValuePair<string, string>[] headers) => Report(headers).Findings;

    /// <summary>The same, with what it took.</summary>
    public CauseReport Report(params KeyValuePair<string, string>[] headers)
    {
        var received = _receiver with { Request = _receiver.Request with { Headers = [.. Sign(headers), .. headers] } };
        Assert.False(received.Judge().IsVerified);
        return Explanation.Of(received).Causes;
    }

    /// <summary>The one mistake that explains it.</summary>
    public Finding Find(params KeyValuePair<string, string>[] headers)
    {
        var findings = Explain(headers);
        Assert.True(findings.Count == 1, string.Join("; ", findings.Select(static finding => $"{finding.Cause.Name}: {finding.Detail}")));
        return findings[0];
    }

    /// <summary>That a sender and receiver without a mistake agree.</summary>
    public void AssertNone() => Assert.True((_receiver with { Request = _receiver.Request with { Headers = Sign([]) } }).Judge().IsVerified);

    public static NamedSecret Named(string secret, string name = "current") => new(name, Encoding.UTF8.GetBytes(secret));

    private IReadOnlyList<KeyValuePair<string, string>> Sign(KeyValuePair<string, string>[] headers)
    {
        var problems = new ProblemList();
        var signer = _sender.CreateSigner(problems);
        Assert.Empty(problems.Errors);
        var signed = signer!.Sign(
            new UnsignedWebhook
            {
                Target = _sender.Request.Target,
                Headers = headers,
                Body = _sender.Request.Body,
                Time = _sender.Now,
                Id = "msg_1",
            },
            out var obstacle);
        Assert.True(signed is not null, obstacle);
        return signed.Headers;
    }
}
