using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Commands.Providers;

/// <summary>Writes entries as the JSON that they were read from.</summary>
internal static class EntryJson
{
    // The output is JSON for programs and people, not a part of an HTML page.
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, IEnumerable<ProviderEntry> entries) => Write(output, json =>
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            Write(json, entry.Definition!);
        }

        json.WriteEndArray();
    });

    /// <summary>One value, with a new line after it.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, SettingNode node)
    {
        switch (node.Kind)
        {
            case SettingKind.Object:
                json.WriteStartObject();
                foreach (var (name, member) in node.Members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case SettingKind.Array:
                json.WriteStartArray();
                foreach (var item in node.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case SettingKind.String:
                json.WriteStringValue(node.Text);
                break;
            default:
                json.WriteRawValue(node.Text ?? "null");
                break;
        }
    }
}
