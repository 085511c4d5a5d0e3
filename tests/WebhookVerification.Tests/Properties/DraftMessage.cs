using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;
using WebhookVerification.Sources;
using WebhookVerification.Tests.Vectors;

namespace WebhookVerification.Tests.Properties;

/// <summary>The random things of a message, before an entry makes a request of them.</summary>
/// <param name="Body">Of the kind that the entry takes.</param>
/// <param name="Key">Key bytes, before they are written as the entry wants them.</param>
/// <param name="Id">Delivery ids and nonces.</param>
/// <param name="Pick">Chooses what is changed.</param>
/// <param name="WithPrefix">Whether the secret is written with the prefix that it may have.</param>
internal sealed record DraftMessage(byte[] Body, byte[] Key, string Id, int Pick, bool WithPrefix)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Visible = Letters + "-_.~!$&'()*+/:;=@?%#[]{}|";

    /// <summary>Messages of an entry.</summary>
    public static Gen<DraftMessage> Of(ProviderEntry entry) =>
        from body in BodyOf(entry)
        from key in KeyOf(entry)
        from id in Cases.Text(Visible, 1, 40)
        from pick in Gen.Choose(0, 1 << 20)
        from withPrefix in ArbMap.Default.GeneratorFor<bool>()
        select new DraftMessage(body, key, id, pick, withPrefix);

    /// <summary>Signs as the provider does. Null, and why, when the signer cannot.</summary>
    public SignedMessage? Sign(ProviderEntry entry, out string obstacle)
    {
        var vector = VectorCase.Load(entry.Id).First(static vector => vector.Expect == nameof(VerificationOutcome.Verified));
        var options = WithKey(vector.Options(entry), entry, Key);
        var problems = new ProblemList();
        var signer = WebhookSigner.Create(entry.Scheme, options, TestScheme.Empty, problems);
        Assert.Empty(problems.Errors);
        var request = vector.Request();
        List<KeyValuePair<string, string>> headers = IsForm(entry) ? [new("Content-Type", "application/x-www-form-urlencoded")] : [];
        var signed = signer!.Sign(
            new UnsignedWebhook
            {
                Method = request.Method,

                // A signature in the query is there already.
                Target = entry.Scheme.Signature.Sources is [QuerySource, ..] ? request.Target.Split('?')[0] : request.Target,
                Headers = headers,
                Body = Body,
                Time = TestScheme.Now,
                Id = Id,
            },
            out obstacle);
        return signed is null ? null : new SignedMessage { Method = request.Method, Target = signed.Target, Headers = [.. headers, .. signed.Headers], Body = Body, Options = options };
    }

    /// <summary>A message that the provider itself, or who wrote the vectors, has signed.</summary>
    public static SignedMessage Published(ProviderEntry entry)
    {
        var vector = VectorCase.Load(entry.Id).First(static vector => vector.Expect == nameof(VerificationOutcome.Verified));
        return new SignedMessage
        {
            Method = vector.Method,
            Target = vector.Request().Target,
            Headers = [.. vector.Headers.Select(static header => KeyValuePair.Create(header.Key, header.Value.GetString()!))],
            Body = vector.BodyBytes(),
            Options = vector.Options(entry),
            Now = DateTimeOffset.FromUnixTimeSeconds(vector.Now),
        };
    }

    /// <summary>The same policy under another key; a public one stays as it is.</summary>
    public VerifierOptions WithKey(VerifierOptions options, ProviderEntry entry, byte[] key)
    {
        if (SignedPlaces.HasPublicKey(entry))
        {
            return options with { Secrets = [options.Secrets[0]] };
        }

        var secret = entry.Definition!.Members["scheme"].Members.GetValueOrDefault("secret");
        var text = secret?.Members.GetValueOrDefault("encoding")?.Text switch
        {
            "hex" => Convert.ToHexStringLower(key),
            "base64" => Convert.ToBase64String(key),
            _ => Encoding.UTF8.GetString(key),
        };
        var prefixes = secret?.Members.GetValueOrDefault("prefix") is { } node ? node.Items.Select(static item => item.Text).Append(node.Text).OfType<string>() : [];
        return options with { Secrets = [new Secret("current", Encoding.UTF8.GetBytes((WithPrefix ? prefixes.FirstOrDefault() : "") + text))] };
    }

    private static bool IsForm(ProviderEntry entry) => SignedPlaces.Of(entry).Names.Contains("form:sorted");

    private static Gen<byte[]> BodyOf(ProviderEntry entry)
    {
        var scheme = entry.Definition!.Members["scheme"];
        if (IsForm(entry))
        {
            var field = from name in Cases.Text(Letters, 1, 8) from value in Cases.Text(Letters, 1, 20) select $"{name}={value}";
            return Gen.Choose(1, 12).SelectMany(count => field.ArrayOf(count)).Select(static fields => Encoding.ASCII.GetBytes(string.Join('&', fields)));
        }

        // A plain hash behind a secret is for text alone, and what has the form of a handshake's token is for nobody.
        var mustBeText = scheme.Members["algorithm"].Text is "sha1" or "sha256";
        var mustBeNoToken = scheme.Members.ContainsKey("handshakes");
        return from bytes in mustBeText ? Cases.Text(Visible + " \r\n\t\"", 0, 200).Select(Encoding.UTF8.GetBytes) : Cases.Bytes(0, 300)
               select mustBeNoToken ? [(byte)'{', .. bytes] : bytes;
    }

    private static Gen<byte[]> KeyOf(ProviderEntry entry)
    {
        var scheme = entry.Definition!.Members["scheme"];
        if (scheme.Members.GetValueOrDefault("secret")?.Members.GetValueOrDefault("encoding")?.Text is "hex" or "base64")
        {
            return Cases.Bytes(16, 80);
        }

        var user = scheme.Members["algorithm"].Text == "basic" ? "user:" : "";
        return Cases.Text(Letters, 16, 80).Select(text => Encoding.ASCII.GetBytes(user + text));
    }
}
