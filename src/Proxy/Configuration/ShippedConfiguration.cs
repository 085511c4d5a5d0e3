namespace Proxy.Configuration;

/// <summary>The file <c>config/appsettings.json</c> as it was when the program was compiled: four providers in front of one consumer.</summary>
internal static class ShippedConfiguration
{
    public const string Name = "appsettings.json";

    /// <summary>UTF-8, with comments.</summary>
    public static ReadOnlyMemory<byte> Json { get; } = Read();

    private static byte[] Read()
    {
        using var resource = typeof(ShippedConfiguration).Assembly.GetManifestResourceStream(Name)!;
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return json;
    }
}
