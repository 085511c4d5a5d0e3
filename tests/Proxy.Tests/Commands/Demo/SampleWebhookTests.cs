using System.Text;
using System.Text.Json;
using Proxy.Commands.Demo;

namespace Proxy.Tests.Commands.Demo;

public sealed class SampleWebhookTests
{
    public static TheoryData<string> Samples => [.. SampleWebhook.All.Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_IsCompactJson(string name)
    {
        var body = SampleWebhook.All.Single(sample => sample.ToString() == name).Body;

        using var json = JsonDocument.Parse(body);

        // smarterbot.ai's own code signs a re-serialisation: only compact JSON survives that unchanged.
        Assert.Equal(JsonSerializer.Serialize(json), Encoding.UTF8.GetString(body.Span));
    }

    [Theory]
    [InlineData("tawk", "event")]
    [InlineData("chatbase", "eventType")]
    [InlineData("protocol", "type")]
    public void SampleNamesItsEvent_AsTheProviderSpellsIt(string provider, string member)
    {
        foreach (var sample in SampleWebhook.All.Where(sample => sample.Provider == provider))
        {
            using var json = JsonDocument.Parse(sample.Body);
            Assert.Equal(sample.Event, json.RootElement.GetProperty(member).GetString());
        }
    }
}
