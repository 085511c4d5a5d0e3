using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Proxy.Configuration;
using Proxy.Tests.Listening;
using WebhookVerification.Settings;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

/// <summary>What the configuration says of certificates: read, or one clear error.</summary>
public sealed class CertificateReaderTests : IDisposable
{
    private const string PasswordOfKey = "a password of some length";
    private const string PathKey = "$.Kestrel.Endpoints.tls.Certificate.Path";
    private const string KeyPathKey = "$.Kestrel.Endpoints.tls.Certificate.KeyPath";

    private static readonly DateTimeOffset NewYear = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ConfigurationDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;

    public CertificateReaderTests()
    {
        _certificate = _authority.Issue("proxy.example.com");
        _directory.Environment["KEY_PASSWORD"] = PasswordOfKey;
        _directory.Write("chain.pem", _authority.Chain(_certificate));
        _directory.Write("key.pem", TestAuthority.Key(_certificate));
        _directory.Write("both.pem", TestAuthority.Key(_certificate) + "\n" + _authority.Chain(_certificate));
        using var key = _certificate.GetECDsaPrivateKey()!;
        _directory.Write("encrypted.pem", key.ExportEncryptedPkcs8PrivateKeyPem(PasswordOfKey, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        _directory.Write("empty.pem", "");
        _directory.Write("password", PasswordOfKey + "\n");
        X509Certificate2Collection all = [_certificate, _authority.Intermediate];
        File.WriteAllBytes(Path.Combine(_directory.Root, "plain.pfx"), all.Export(X509ContentType.Pfx)!);
        File.WriteAllBytes(Path.Combine(_directory.Root, "locked.pfx"), all.Export(X509ContentType.Pfx, PasswordOfKey)!);
        File.WriteAllBytes(Path.Combine(_directory.Root, "keyless.pfx"), new X509Certificate2Collection(_authority.Intermediate).Export(X509ContentType.Cert)!);
        using var another = _authority.Issue("another.example.com");
        _directory.Write("another.pem", TestAuthority.Key(another));
        using var client = _authority.Issue("client", forServers: false);
        _directory.Write("client.pem", _authority.Chain(client) + TestAuthority.Key(client));
    }

    [Theory]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "key.pem" }""")]
    [InlineData("""{ "Path": "both.pem" }""")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "encrypted.pem", "Password": "env:KEY_PASSWORD" }""")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "key.pem", "Password": "env:KEY_PASSWORD" }""")]
    [InlineData("""{ "Path": "plain.pfx" }""")]
    [InlineData("""{ "Path": "locked.pfx", "Password": "file:password" }""")]
    public void EveryForm_IsReadWithItsIntermediates(string certificate)
    {
        var result = _directory.LoadText(Endpoint(certificate));
        Assert.Empty(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
        var context = result.Snapshot!.Settings.Certificates["tls"].For("")!.Context;
        Assert.Equal(_certificate.Thumbprint, context.TargetCertificate.Thumbprint);
        Assert.True(context.TargetCertificate.HasPrivateKey);
        Assert.Contains(_authority.Intermediate, context.IntermediateCertificates);
    }

    [Theory]
    [InlineData("""{ "Path": "absent.pem" }""", PathKey, "'absent.pem' does not exist")]
    [InlineData("""{ "Path": "empty.pem" }""", PathKey, "'empty.pem' is neither PEM nor a PKCS#12 file that opens without a 'Password'")]
    [InlineData("""{ "Path": "locked.pfx" }""", PathKey, "'locked.pfx' is neither PEM nor a PKCS#12 file that opens without a 'Password'")]
    [InlineData("""{ "Path": "locked.pfx", "Password": "env:TAWK" }""", PathKey, "'locked.pfx' is neither PEM nor a PKCS#12 file that opens with this 'Password'")]
    [InlineData("""{ "Path": "keyless.pfx" }""", PathKey, "'keyless.pfx'")]
    [InlineData("""{ "Path": "chain.pem" }""", PathKey, "'chain.pem' holds no private key in PEM")]
    [InlineData("""{ "Path": "key.pem" }""", PathKey, "'key.pem' holds no certificate")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "absent.pem" }""", KeyPathKey, "'absent.pem' does not exist")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "empty.pem" }""", KeyPathKey, "'empty.pem' holds no private key in PEM")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "another.pem" }""", KeyPathKey, "'another.pem' holds no key that belongs to the certificate")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "encrypted.pem" }""", KeyPathKey, "'encrypted.pem' holds an encrypted key; 'Password' is missing")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "encrypted.pem", "Password": "env:TAWK" }""", KeyPathKey, "opens with this 'Password'")]
    [InlineData("""{ "Path": "both.pem", "Password": "env:ABSENT" }""", "$.Kestrel.Endpoints.tls.Certificate.Password", "'ABSENT' is not set")]
    [InlineData("""{ "Path": "client.pem" }""", PathKey, "is not for servers")]
    [InlineData("""{ "Path": "chain.pem", "KeyPath": "" }""", KeyPathKey, "not empty")]
    [InlineData("""{ "KeyPath": "key.pem" }""", "$.Kestrel.Endpoints.tls.Certificate", "'Path' is required")]
    [InlineData("""{ "Path": "both.pem", "Subject": "x" }""", "$.Kestrel.Endpoints.tls.Certificate.Subject", "come from files")]
    public void WhatCannotBeUsed_IsOneError(string certificate, string path, string message)
    {
        var error = _directory.ErrorOf(Endpoint(certificate));
        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PasswordOfKey, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Url": "https://127.0.0.1:1" }""", "Url", "https needs a certificate")]
    [InlineData("""{ "Url": "http://127.0.0.1:1", "Certificate": { "Path": "both.pem" } }""", "Certificate", "is for https")]
    [InlineData("""{ "Url": "http://127.0.0.1:1", "SslProtocols": ["Tls13"] }""", "SslProtocols", "is for https")]
    [InlineData("""{ "Url": "https://127.0.0.1:1", "Certificate": { "Path": "both.pem" }, "SslProtocols": ["Tsl13"] }""", "SslProtocols[0]", "expected Tls12 or Tls13")]
    [InlineData("""{ "Url": "https://127.0.0.1:1", "Sni": { "a.example.com": { } } }""", "Sni['a.example.com']", "https needs a certificate")]
    [InlineData("""{ "Url": "https://127.0.0.1:1", "Sni": { "a*": { "Certificate": { "Path": "both.pem" } } } }""", "Sni['a*']", "is no server name")]
    [InlineData("""{ "Url": "https://127.0.0.1:1", "Sni": { "": { "Certificate": { "Path": "both.pem" } } } }""", "Sni['']", "is no server name")]
    [InlineData("""{ "Url": "https://127.0.0.1:1", "Sni": { "a": { "Protocols": "Http1", "Certificate": { "Path": "both.pem" } } } }""", "Sni.a.Protocols", "stands on the endpoint")]
    public void EndpointThatDoesNotFitItsCertificates_IsOneError(string endpoint, string path, string message)
    {
        var error = _directory.ErrorOf(With("{ \"Endpoints\": { \"tls\": " + endpoint + " } }"));
        Assert.Equal("$.Kestrel.Endpoints.tls." + path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UrlsWithHttps_NeedTheDefaultCertificate()
    {
        Assert.Equal("$.Urls", _directory.ErrorOf("{ \"Urls\": \"https://127.0.0.1:1\", " + Valid.TrimStart()[1..]).Path);
        var settings = _directory.LoadText(With("""{ "Certificates": { "Default": { "Path": "both.pem" } } }, "Urls": "https://127.0.0.1:1" """)).Snapshot!.Settings;
        Assert.NotNull(settings.Certificates["0"].For("any.example.com"));
    }

    [Theory]
    [InlineData("1969-12-31", "is valid from 1970-01-01")]
    [InlineData("1999-12-17", null)]
    [InlineData("1999-12-18", "expires at 2000-01-01T00:00:00Z")]
    [InlineData("2000-01-02", "expired at 2000-01-01T00:00:00Z")]
    public void OutOfItsTimeOrSoonToBe_IsAWarningByTheClockOfTheCaller(string day, string? message)
    {
        Write("both.pem", until: NewYear);
        _directory.Write("main.json", Endpoint("""{ "Path": "both.pem" }"""));
        var warnings = WarningsAt(day);
        Assert.Equal(message is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Equal(PathKey, warning.Path));
        Assert.All(warnings, warning => Assert.Contains($"The certificate in 'both.pem' {message}", warning.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1999-12-29", 0)]
    [InlineData("1999-12-30", 1)]
    public void CertificateOfDays_IsWarnedOfInItsLastThird(string day, int expected)
    {
        Write("both.pem", until: NewYear, from: NewYear.AddDays(-6));
        _directory.Write("main.json", Endpoint("""{ "Path": "both.pem" }"""));
        Assert.Equal(expected, WarningsAt(day).Count);
    }

    [Fact]
    public void EveryPlaceThatNamesACertificate_IsWarnedOfAlone()
    {
        Write("soon.pem", until: NewYear);
        _directory.Write("main.json", With("""
            {
              "Certificates": { "Default": { "Path": "soon.pem" } },
              "Endpoints": { "tls": { "Url": "https://127.0.0.1:1", "Sni": {
                "old.example.com": { "Certificate": { "Path": "soon.pem" } },
                "new.example.com": { "Certificate": { "Path": "both.pem" } },
                "any.example.com": { }
              } } }
            }
            """));
        Assert.Equal(
            ["$.Kestrel.Certificates.Default.Path", "$.Kestrel.Endpoints.tls.Sni['old.example.com'].Certificate.Path"],
            WarningsAt("1999-12-20").Select(static warning => warning.Path));
    }

    [Fact]
    public void UnchangedFile_KeepsTheSessionsThatClientsResume()
    {
        _directory.Write("main.json", Endpoint("""{ "Path": "both.pem" }"""));
        var loader = new SnapshotLoader(_directory.Source());
        var first = loader.Load().Snapshot!;
        var second = loader.Load(new FileSnapshot(), first).Snapshot!;
        Assert.Same(first.Settings.Certificates["tls"].For(""), second.Settings.Certificates["tls"].For(""));
    }

    [Fact]
    public void CommandLineThatReplacesTheEndpoints_NeedsNoFileOfTheirs()
    {
        _directory.Write("main.json", Endpoint("""{ "Path": "absent.pem" }"""));
        Assert.Empty(new SnapshotLoader(_directory.Source() with { Urls = "http://127.0.0.1:1" }).Load().Problems.Errors);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    private void Write(string name, DateTimeOffset until, DateTimeOffset? from = null)
    {
        using var certificate = _authority.Issue("proxy.example.com", until, from: from);
        _directory.Write(name, _authority.Chain(certificate) + TestAuthority.Key(certificate));
    }

    private IReadOnlyList<Problem> WarningsAt(string day)
    {
        var now = DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture);
        return new SnapshotLoader(_directory.Source() with { Time = new ManualTimeProvider(now) }).Load().Problems.Warnings;
    }

    private static string Endpoint(string certificate) =>
        With("{ \"Endpoints\": { \"tls\": { \"Url\": \"https://127.0.0.1:1\", \"Certificate\": " + certificate + " } } }");

    private static string With(string kestrel) => $"{{ \"Kestrel\": {kestrel}, {Valid.TrimStart()[1..]}";
}
