using WebhookVerification.Catalog;

namespace WebhookVerification.Tests.Properties;

/// <summary>For every entry of the catalogue: what its provider signs is accepted, and not if anything that is signed is changed.</summary>
public sealed class SignedPartsTests
{
    private const int CasesAnEntry = 10;

    public static TheoryData<string> Signable => Ids(static entry => !SignedPlaces.HasPublicKey(entry) && !SignedPlaces.IsInBody(entry));

    public static TheoryData<string> WithPublicKey => Ids(SignedPlaces.HasPublicKey);

    public static TheoryData<string> NotSignable => Ids(static entry => SignedPlaces.HasPublicKey(entry) || SignedPlaces.IsInBody(entry));

    [Theory]
    [MemberData(nameof(Signable))]
    public void AnyChangeToWhatIsSigned_IsRefused(string id)
    {
        var entry = Entry(id);
        var places = SignedPlaces.Of(entry);
        Cases.Try(DraftMessage.Of(entry), CasesAnEntry, draft =>
        {
            var message = draft.Sign(entry, out var obstacle);
            Assert.True(message is not null, obstacle);
            Assert.Equal(VerificationOutcome.Verified, message.Judge(entry.Scheme));
            AssertRefused(entry, new Changes(entry, places, draft, message));
        });
    }

    /// <summary>Who has only the public key cannot sign; what the provider signed can still be changed.</summary>
    [Theory]
    [MemberData(nameof(WithPublicKey))]
    public void AnyChangeToAPublishedMessage_IsRefused(string id)
    {
        var entry = Entry(id);
        var message = DraftMessage.Published(entry);
        Assert.Equal(VerificationOutcome.Verified, message.Judge(entry.Scheme));
        Cases.Try(DraftMessage.Of(entry), CasesAnEntry, draft => AssertRefused(entry, new Changes(entry, SignedPlaces.Of(entry), draft, message)));
    }

    /// <summary>The rest is proven by vectors: a consumer has no key to sign with, or the signature would change the body that is given.</summary>
    [Theory]
    [MemberData(nameof(NotSignable))]
    public void WhatIsNotTried_CannotBeSigned(string id)
    {
        var entry = Entry(id);
        Cases.Try(DraftMessage.Of(entry), 1, draft =>
        {
            Assert.Null(draft.Sign(entry, out var obstacle));
            Assert.Matches("private key|into the body", obstacle);
        });
    }

    [Fact]
    public void EveryEntryThatHasContent_SignsSomething() => Assert.All(
        Entries().Where(static entry => entry.Definition!.Members["scheme"].Members.ContainsKey("content")),
        static entry => Assert.Contains(SignedPlaces.Of(entry).Names, static name => name != "secret"));

    private static void AssertRefused(ProviderEntry entry, Changes changes)
    {
        foreach (var (what, changed) in changes.All())
        {
            Assert.True(changed.Judge(entry.Scheme) != VerificationOutcome.Verified, $"{entry.Id}: {what} changed, and still accepted.");
        }
    }

    private static TheoryData<string> Ids(Func<ProviderEntry, bool> which) => [.. Entries().Where(which).Select(static entry => entry.Id)];

    private static IEnumerable<ProviderEntry> Entries() => ProviderCatalog.BuiltIn.Ids.Select(Entry);

    private static ProviderEntry Entry(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        return entry;
    }
}
