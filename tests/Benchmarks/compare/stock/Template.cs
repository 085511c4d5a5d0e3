namespace Stock;

/// <summary>The program of YARP's template, with a log of warnings only.</summary>
internal static class Template
{
    /// <param name="args">Configuration.</param>
    /// <param name="before">What runs before the proxy.</param>
    public static void Run(string[] args, Action<WebApplication> before)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        var app = builder.Build();
        before(app);
        app.MapReverseProxy();
        app.Run();
    }
}
