namespace WebhookVerification.Tests.Content;

public sealed class ContentPartTests
{
    [Theory]
    [InlineData("{method}\\n{path}\\n{path:query}", "https://x.test", "POST\n/a/%62\n/a/%62?q=%41&r")]
    [InlineData("{path}|{path:query}", "https://x.test/b", "/b|/b?q=%41&r")]
    [InlineData("{url}", "https://x.test", "https://x.test/a/%62?q=%41&r")]
    [InlineData("{url}", "https://x.test/", "https://x.test/a/%62?q=%41&r")]
    [InlineData("{url}", "https://x.test/hook", "https://x.test/hook?q=%41&r")]
    [InlineData("{url}", "https://X.test:8443/hook/", "https://X.test:8443/hook/?q=%41&r")]
    [InlineData("{url:fixed}", "https://u:p@x.test/hook?z=1", "https://u:p@x.test/hook?z=1")]
    [InlineData("{url:no-query}", "https://x.test", "https://x.test/a/%62")]
    [InlineData("{url:no-query}", "https://x.test/hook", "https://x.test/hook")]
    [InlineData("{url:port}", "https://u:p@x.test/hook", "https://u:p@x.test:443/hook?q=%41&r")]
    [InlineData("{url:port}", "http://x.test", "http://x.test:80/a/%62?q=%41&r")]
    [InlineData("{url:port}", "https://x.test:8443", "https://x.test:8443/a/%62?q=%41&r")]
    [InlineData("{url:no-port}", "https://u:p@x.test:8443/hook", "https://u:p@x.test/hook?q=%41&r")]
    [InlineData("{url:no-port}", "https://[::1]:8443/hook", "https://[::1]/hook?q=%41&r")]
    [InlineData("{url:port}", "https://[::1]/hook", "https://[::1]:443/hook?q=%41&r")]
    [InlineData("{url:decoded}", "https://x.test/h%3A%2f%41", "https://x.test/h:/%41?q=%41&r")]
    public void UrlParts_ComeFromThePublicUrlAndTheRawTarget(string template, string publicUrl, string content)
    {
        var options = TestScheme.Options("key") with { PublicUrl = publicUrl };
        var request = new TestRequest { Target = "/a/%62?q=%41&r" }.With("Host", "evil.test").With("X-Sig", Mac.Hex("key", content));

        Assert.True(TestScheme.Verifier(With(template), options).Judge(request).IsVerified);
    }

    [Theory]
    [InlineData("x.test/hook")]
    [InlineData("ftp://x.test/")]
    [InlineData("https://x.test/#top")]
    [InlineData("https:///hook")]
    [InlineData("https://x.test/a b")]
    [InlineData("")]
    public void PublicUrlThatIsNone_IsAnError(string publicUrl) =>
        Assert.Contains(
            "expected an absolute http or https URL",
            Assert.Single(TestScheme.CreateErrors(With("{url}"), TestScheme.Options("key") with { PublicUrl = publicUrl })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void SignedUrlWithoutPublicUrl_IsAnError() =>
        Assert.Contains("'PublicUrl' is required", Assert.Single(TestScheme.SecretErrors(With("{url:no-port}"), "key")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{body:md5:base64}", "XUFAKrxLKna5cZ2REBfFkg==")]
    [InlineData("{body:sha1:hex}", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")]
    [InlineData("{body:sha256:hex}", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData("{body:sha512:base64}", "m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==")]
    public void Digest_IsTextInTheContent(string template, string content)
    {
        var request = new TestRequest().With("X-Sig", Mac.Hex("key", content));

        Assert.True(TestScheme.Verifier(With(template), "key").Judge(request, "hello").IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMismatch, TestScheme.Verifier(With(template), "key").Judge(request, "hullo").Outcome);
    }

    [Theory]
    [InlineData("id", "2", "id:id;q:2;end")]
    [InlineData("id", null, "id:id;end")]
    [InlineData(null, "2", "q:2;end")]
    [InlineData(null, null, "end")]
    [InlineData("", null, "end")]
    public void OptionalSegment_IsLeftOutWhole(string? header, string? query, string content)
    {
        var request = new TestRequest { Target = query is null ? "/h" : "/h?q=" + query }.With("X-Sig", Mac.Hex("key", content));
        request = header is null ? request : request.With("X-Id", header);

        Assert.True(TestScheme.Verifier(With("[id:{header:X-Id};][q:{query:q};]end"), "key").Judge(request).IsVerified);
    }

    [Fact]
    public void OptionalValueThatIsMalformed_IsRefused() =>
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            TestScheme.Verifier(With("[{header:X-Id}]end"), "key").Judge(
                new TestRequest().With("X-Id", "1").With("X-Id", "2").With("X-Sig", Mac.Hex("key", "end"))).Outcome);

    [Theory]
    [InlineData("[{body}]")]
    [InlineData("[{timestamp}]")]
    [InlineData("[text]")]
    [InlineData("[[[x[{query:a}]")]
    public void SegmentThatCannotBeAbsent_IsAnError(string template) =>
        Assert.NotEmpty(TestScheme.ErrorsOf(With(template)));

    [Fact]
    public void BracketsWrittenTwice_StandForThemselves() =>
        Assert.True(TestScheme.Verifier(With("[[{header:X-Id};{body}]]"), "key").Judge(
            new TestRequest().With("X-Id", "1").With("X-Sig", Mac.Hex("key", "[1;B]")), "B").IsVerified);

    [Theory]
    [InlineData("b=2&a=1", "a1b2")]
    [InlineData("a=2&a=1&a=2", "a1a2")]
    [InlineData("B=1&a=2", "B1a2")]
    [InlineData("a=&b", "ab")]
    [InlineData("a+b=%2B", "a b+")]
    [InlineData("a1=x&a=1x", "a1xa1x")]
    [InlineData("", "")]
    public void SortedForm_IsNamesAndValues(string body, string content)
    {
        var request = new TestRequest().With("Content-Type", "application/x-www-form-urlencoded").With("X-Sig", Mac.Hex("key", "x" + content));

        Assert.True(TestScheme.Verifier(With("x{form:sorted}"), "key").Judge(request, body).IsVerified);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Alternatives_OneMustMatch(string content)
    {
        var verifier = TestScheme.Verifier(With("a{body}\", \"b{body}[{query:q}]"), "key");

        Assert.Equal(new VerificationResult(VerificationOutcome.Verified, 0), verifier.Judge(new TestRequest().With("X-Sig", Mac.Hex("key", content + "B")), "B"));
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(new TestRequest().With("X-Sig", Mac.Hex("key", "cB")), "B").Outcome);
    }

    private static string With(string template)
    {
        var content = template.Contains("\", \"", StringComparison.Ordinal) ? $"[\"{template}\"]" : $"\"{template}\"";
        return $$"""{ "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": {{content}} }""";
    }
}
