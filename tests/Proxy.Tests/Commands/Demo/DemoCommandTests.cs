using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Proxy.Commands;
using Proxy.Commands.Demo;

namespace Proxy.Tests.Commands.Demo;

public sealed partial class DemoCommandTests
{
    private readonly StringWriter _output = new();
    private readonly ConcurrentWriter _words = new();

    [Fact]
    public async Task Once_PrintsTheTableAndEndsWithSuccess()
    {
        var exitCode = await DemoCommand.RunAsync(once: true, _output, _words, isTerminal: false, CancellationToken.None);

        Assert.Equal(
            """
            provider    event                 case      answer              consumer saw it  as expected
            tawk        chat:start            genuine   200                 yes              yes
            tawk        chat:start            tampered  400                 no               yes
            tawk        chat:start            expired   n/a: signs no time  -                -
            tawk        chat:start            replayed  200                 no               yes
            smarterbot  Lead                  genuine   200                 yes              yes
            smarterbot  Lead                  tampered  400                 no               yes
            smarterbot  Lead                  expired   400                 no               yes
            smarterbot  Lead                  replayed  200                 no               yes
            chatbase    leads.submit          genuine   200                 yes              yes
            chatbase    leads.submit          tampered  400                 no               yes
            chatbase    leads.submit          expired   n/a: signs no time  -                -
            chatbase    leads.submit          replayed  200                 no               yes
            protocol    conversation.updated  genuine   200                 yes              yes
            protocol    conversation.updated  tampered  400                 no               yes
            protocol    conversation.updated  expired   n/a: signs no time  -                -
            protocol    conversation.updated  replayed  200                 no               yes

            """,
            _output.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Empty(_words.ToString());
        Assert.Equal(ExitCode.Ok, exitCode);
    }

    [Fact]
    public async Task WithoutOnce_TheCommandItOffersReachesTheConsumerUntilCancelled()
    {
        using var ctrlC = new CancellationTokenSource();
        var demo = DemoCommand.RunAsync(once: false, _output, _words, isTerminal: false, ctrlC.Token);
        await WaitForAsync("Ctrl+C stops.");

        using var response = await SendAsync(CurlCommand().Match(_words.ToString()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await WaitForAsync("consumer: POST /webhooks/tawk");
        await ctrlC.CancelAsync();
        Assert.Equal(ExitCode.Ok, await Deadline.Within(demo, "the end of the demo"));
    }

    private Task WaitForAsync(string words) =>
        Deadline.Until(() => _words.ToString().Contains(words, StringComparison.Ordinal), words);

    private static async Task<HttpResponseMessage> SendAsync(Match curl)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, curl.Groups["url"].Value)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(curl.Groups["body"].Value)),
            Headers = { { curl.Groups["name"].Value, curl.Groups["value"].Value } },
        };
        return await client.SendAsync(request);
    }

    [GeneratedRegex("curl -i (?<url>[^ ]+) -H '(?<name>[^:]+): (?<value>[^']+)' --data-binary '(?<body>[^']+)'")]
    private static partial Regex CurlCommand();
}
