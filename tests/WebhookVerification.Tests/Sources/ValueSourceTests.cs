using System.Text;

namespace WebhookVerification.Tests.Sources;

/// <summary>Every place of a value, as a part of the signed content.</summary>
public sealed class ValueSourceTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("{query:a}", "/h?a=1", "1")]
    [InlineData("{query:a}", "/h?b=2&a=%C3%A9+x%2b", "é x+")]
    [InlineData("{query:data.id}", "/h?data.id=A1&type=payment", "A1")]
    [InlineData("{query:a}", "/h?a", "")]
    [InlineData("{query:a b}", "/h?a+b=1", "1")]
    public void QueryField_IsDecoded(string template, string target, string content) =>
        Assert.Equal(VerificationOutcome.Verified, Judge(template, content, target));

    [Theory]
    [InlineData("/h", VerificationOutcome.SignatureMissing)]
    [InlineData("/h?", VerificationOutcome.SignatureMissing)]
    [InlineData("/h?A=1", VerificationOutcome.SignatureMissing)]
    [InlineData("/h?a=1&a=1", VerificationOutcome.SignatureMalformed)]
    [InlineData("/h?a=1&%61=1", VerificationOutcome.SignatureMalformed)]
    [InlineData("/h?a=1&b=%", VerificationOutcome.SignatureMalformed)]
    [InlineData("/h?a=1&+a=2", VerificationOutcome.SignatureMalformed)]
    [InlineData("/h?a=%4", VerificationOutcome.SignatureMalformed)]
    [InlineData("/h?a=%zz", VerificationOutcome.SignatureMalformed)]
    public void QueryFieldAbsentTwiceOrBadlyEscaped_IsRefusedBeforeTheBody(string target, VerificationOutcome expected)
    {
        var verifier = TestScheme.Verifier(Scheme("{query:a}{body}"), "key");
        var request = new TestRequest { Target = target }.With("X-Sig", Mac.Hex("key", "1"));

        Assert.Equal(expected, verifier.Preflight(request, new Evidence(), TestScheme.Now));
    }

    [Theory]
    [InlineData("a=1&b=2", "2")]
    [InlineData("&&b=2&", "2")]
    [InlineData("b=x=y", "x=y")]
    [InlineData("=x&b=", "")]
    [InlineData("b=%e2%82%AC+", "€ ")]
    public void FormField_IsDecoded(string body, string content) =>
        Assert.Equal(VerificationOutcome.Verified, Judge("{form:b}", content, body: body, contentType: Form));

    [Theory]
    [InlineData("a=1", Form, VerificationOutcome.SignatureMissing)]
    [InlineData("", null, VerificationOutcome.SignatureMissing)]
    [InlineData("b=1&b=2", Form, VerificationOutcome.SignatureMalformed)]
    [InlineData("b=%E", Form, VerificationOutcome.SignatureMalformed)]
    [InlineData("b=2", null, VerificationOutcome.SignatureMalformed)]
    [InlineData("b=2", "text/plain", VerificationOutcome.SignatureMalformed)]
    [InlineData("b=2", "\u0085application/x-www-form-urlencoded", VerificationOutcome.SignatureMalformed)]
    [InlineData("b=2", "application/x-www-form-urlencoded\u00a0", VerificationOutcome.SignatureMalformed)]
    [InlineData("b=2", "application/x-www-form-urlencoded-2", VerificationOutcome.SignatureMalformed)]
    public void FormThatIsNone_IsRefused(string body, string? contentType, VerificationOutcome expected) =>
        Assert.Equal(expected, Judge("{form:b}", "2", body: body, contentType: contentType));

    [Theory]
    [InlineData("data.id=1&data_id=2")]
    [InlineData("data_id=2&data.id=1")]
    [InlineData("data.id=1&data+id=2")]
    [InlineData("data.id=1&data%5Bid=2")]
    [InlineData("data.id=1&+data.id=2")]
    [InlineData("data_id=1")]
    [InlineData("data.id=1&data.id[]=2")]
    [InlineData("data_id%5Ba%5D=2&data.id=1")]
    [InlineData("data.id[a][b]=2&data.id=1")]
    [InlineData("data.id=1&data.id%00x=2")]
    public void NameThatPhpTakesForTheSame_IsMalformed(string fields)
    {
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge("{form:data.id}", "1", body: fields, contentType: Form));
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge("{query:data.id}", "1", "/h?" + fields));
    }

    [Fact]
    public void NameThatPhpTakesForAnother_IsAnotherField() =>
        Assert.Equal(VerificationOutcome.Verified, Judge("{form:data.id}", "1", body: "data-id=2&DATA.id=3&data.id=1&data.id_=4&[data.id]=5&data[.id]=6", contentType: Form));

    [Theory]
    [InlineData(Form + ";charset=UTF-8")]
    [InlineData("Application/X-WWW-Form-Urlencoded ; x=y")]
    public void FormTypeWithParameters_IsAForm(string contentType) =>
        Assert.Equal(VerificationOutcome.Verified, Judge("{form:b}", "2", body: "b=2", contentType: contentType));

    [Fact]
    public void FormWithTooManyFields_IsMalformed()
    {
        Assert.Equal(VerificationOutcome.Verified, Judge("{form:b}", "2", body: "b=2" + Fields(1_023), contentType: Form));
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge("{form:b}", "2", body: "b=2" + Fields(1_024), contentType: Form));

        static string Fields(int count) => string.Concat(Enumerable.Range(0, count).Select(static i => $"&f{i}=x"));
    }

    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "/a/b", "x")]
    [InlineData("""{"a":[1,{"b":true}]}""", "/a/1/b", "true")]
    [InlineData("""{"a":-1.50e3}""", "/a", "-1.50e3")]
    [InlineData("""{"a/b":{"~":"\u00e9\n"}}""", "/a~1b/~0", "é\n")]
    [InlineData("""{"":{"":"x"}}""", "//", "x")]
    [InlineData("""{"\u0061":"x"}""", "/a", "x")]
    [InlineData("""[{"a":""}]""", "/0/a", "")]
    [InlineData("""{"b":{"a":1,"a":2},"a":"x"}""", "/a", "x")]
    public void JsonValue_IsFound(string body, string path, string content) =>
        Assert.Equal(VerificationOutcome.Verified, Judge($"{{json:{path}}}", content, body: body));

    [Theory]
    [InlineData("{}", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"a":{}}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"a":"x"}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"a":{"b":null}}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""[]""", VerificationOutcome.SignatureMissing)]
    [InlineData("""5""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"a":{"b":{}}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":["x"]}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x","b":"x"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x"},"\u0061":1}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x"},"A":{"b":"y"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"A":1,"a":{"b":"x"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x","B":"y"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x","\u0042":"y"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"A":{"b":"x"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x"}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x"}} {}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"x"},}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"a":{"b":"\ud800"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{'a':{'b':'x'}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("", VerificationOutcome.SignatureMalformed)]
    [InlineData("\ufeff{}", VerificationOutcome.SignatureMalformed)]
    public void JsonThatHasNoSuchText_IsRefused(string body, VerificationOutcome expected)
    {
        Assert.Equal(expected, Judge("{json:/a/b}", "x", body: body));
        Assert.Equal(expected, JudgeBytes("{json:/a/b}", "x", Encoding.UTF8.GetBytes(body), piece: 1));
    }

    [Theory]
    [InlineData("taskId", "TASKID")]
    [InlineData("taskId", "taſkId")]
    [InlineData("taskId", "tasKId")]
    [InlineData("prüfwert", "PRÜFWERT")]
    public void JsonNameInOtherCase_IsMalformed(string name, string other) =>
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge($"{{json:/{name}}}", "x", body: $$"""{"{{name}}":"x","{{other}}":"y"}"""));

    [Fact]
    public void JsonNameThatDiffersElsewhere_IsAnotherMember() =>
        Assert.Equal(VerificationOutcome.Verified, Judge("{json:/a_b}", "x", body: """{"":0,"A":1,"A-B":2,"A_B_":3,"aab":4,"a_b":"x"}"""));

    [Fact]
    public void JsonOfTenThousandLevels_IsMalformed() =>
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            Judge("{json:/a}", "x", body: string.Concat(Enumerable.Repeat("""{"a":""", 10_000)) + "1" + new string('}', 10_000)));

    [Fact]
    public void StringThatIsNotUtf8_IsMalformed() =>
        Assert.Equal(VerificationOutcome.SignatureMalformed, JudgeBytes("{json:/a}", "x", [.. "{\"a\":\""u8, 0xff, .. "\"}"u8]));

    [Fact]
    public void ValueInPieces_IsTheSameValue() =>
        Assert.Equal(VerificationOutcome.Verified, JudgeBytes("{json:/a}", "€uro", """{ "a" : "\u20acuro" }"""u8.ToArray(), piece: 1));

    [Theory]
    [InlineData("{parameter:publicKey}:{body}", "pk_1:B")]
    [InlineData("{parameter:PUBLICKEY}", "pk_1")]
    public void Parameter_IsThePolicys(string template, string content)
    {
        var scheme = Scheme(template).Replace(
            "\"content\"", "\"parameters\": { \"publicKey\": { \"description\": \"Your key's public part.\" } }, \"content\"", StringComparison.Ordinal);
        var options = TestScheme.Options("key") with { Parameters = new Dictionary<string, string> { ["PublicKey"] = "pk_1" } };

        Assert.True(TestScheme.Verifier(scheme, options).Judge(new TestRequest().With("X-Sig", Mac.Hex("key", content)), "B").IsVerified);
    }

    [Theory]
    [InlineData("{cookie:a}")]
    [InlineData("{header:a b}")]
    [InlineData("{query:}")]
    [InlineData("{json:a}")]
    [InlineData("{json:/a~}")]
    [InlineData("{json:/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a}")]
    public void SourceOfAnotherForm_IsAnError(string template) =>
        Assert.Contains("is no placeholder", Assert.Single(TestScheme.ErrorsOf(Scheme(template))).Message, StringComparison.Ordinal);

    private static VerificationOutcome Judge(
        string template, string content, string target = "/h", string body = "", string? contentType = null) =>
        JudgeBytes(template, content, Encoding.UTF8.GetBytes(body), target, contentType);

    private static VerificationOutcome JudgeBytes(
        string template, string content, byte[] body, string target = "/h", string? contentType = null, int piece = int.MaxValue)
    {
        var request = new TestRequest { Target = target }.With("X-Sig", Mac.Hex("key", content));
        request = contentType is null ? request : request.With("Content-Type", contentType);
        return TestScheme.Verifier(Scheme(template), "key").Judge(request, Pieces.Of(body, Math.Min(piece, Math.Max(1, body.Length))), new Evidence()).Outcome;
    }

    private static string Scheme(string template) =>
        $$"""{ "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{{template}}" }""";
}
