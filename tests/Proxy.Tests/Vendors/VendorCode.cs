using System.Diagnostics;

namespace Proxy.Tests.Vendors;

/// <summary>Runs the verification code that a provider publishes, in the language it publishes it in.</summary>
internal static class VendorCode
{
    /// <summary>Whether the script takes the signature for that of the body.</summary>
    /// <param name="script">A file of this folder.</param>
    /// <param name="secret">The key, as text.</param>
    /// <param name="body">What the consumer received.</param>
    /// <param name="signature">The value of the signature header that it received.</param>
    public static async Task<bool> AcceptsAsync(string script, string secret, byte[] body, string signature)
    {
        var bodyFile = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(bodyFile, body);
            var verdict = await RunAsync(script, secret, bodyFile, signature);
            return verdict switch
            {
                "accept" => true,
                "reject" => false,
                _ => throw new InvalidOperationException($"{script} said neither accept nor reject: {verdict}"),
            };
        }
        finally
        {
            File.Delete(bodyFile);
        }
    }

    private static async Task<string> RunAsync(string script, string secret, string bodyFile, string signature)
    {
        var start = new ProcessStartInfo(Interpreter(script))
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Vendors", script), bodyFile, signature },
            Environment = { ["WEBHOOK_SECRET"] = secret },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync();
        var verdict = await Deadline.Within(process.StandardOutput.ReadToEndAsync(), $"the verdict of {script}");
        await Deadline.Within(process.WaitForExitAsync(), $"the end of {script}");
        return process.ExitCode == 0 ? verdict.Trim() : await words;
    }

    private static string Interpreter(string script) => Path.GetExtension(script) switch
    {
        ".js" => "node",
        ".php" => "php",
        ".rb" => "ruby",
        var other => throw new ArgumentOutOfRangeException(nameof(script), other, "No interpreter for it."),
    };
}
