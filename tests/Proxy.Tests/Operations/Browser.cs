using Microsoft.Playwright;

namespace Proxy.Tests.Operations;

/// <summary>The system's own Chromium (Debian package "chromium"), without a window and without calls of its own to the network.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string Screenshots = FindScreenshots();

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
    }

    /// <summary>A page of its own context, whose clock the test moves. What the browser complains of, a breach of the content policy too, ends up in <see cref="BrowserPage.Complaints"/>.</summary>
    internal async Task<BrowserPage> OpenAsync(
        Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, bool script = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
        });
        var page = new BrowserPage(context, await context.NewPageAsync());
        await context.Clock.InstallAsync();
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>Leaves a picture of the whole page in artifacts/screenshots, for people.</summary>
    internal static Task KeepAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });

    private static string FindScreenshots()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Proxy.sln")))
        {
            directory = directory.Parent!;
        }

        return Path.Combine(directory.FullName, "artifacts", "screenshots");
    }
}

/// <summary>An open page.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
