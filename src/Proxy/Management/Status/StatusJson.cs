using System.Text.Json;
using System.Text.Json.Serialization;

namespace Proxy.Management.Status;

/// <summary>The status as JSON, names in camel case.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
