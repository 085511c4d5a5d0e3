using WebhookVerification.Settings;

namespace WebhookVerification.Catalog;

/// <summary>Reads the <c>parameters</c> that a scheme declares.</summary>
internal static class ParameterReader
{
    public static IReadOnlyList<SchemeParameter> Read(SettingReader scheme)
    {
        var parameters = new List<SchemeParameter>();
        foreach (var (name, node) in scheme.Children("parameters"))
        {
            var reader = new SettingReader(node, scheme.Problems);
            var required = reader.Bool("required") ?? true;
            var description = reader.RequiredString("description");
            reader.Done();
            parameters.Add(new SchemeParameter(name, required, description ?? ""));
        }

        return parameters;
    }
}
