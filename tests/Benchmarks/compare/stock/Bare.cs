namespace Stock;

/// <summary>Kestrel and one delegate: no routing, no log, no configuration files.</summary>
internal static class Bare
{
    public static void Run(string[] args, Func<IConfiguration, RequestDelegate> create)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddCommandLine(args);
        builder.WebHost.UseKestrelCore().UseUrls(builder.Configuration["urls"]!);
        var app = builder.Build();
        app.Run(create(builder.Configuration));
        app.Run();
    }

    public static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
