using WebhookVerification.Content;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Signatures.Algorithms;

namespace WebhookVerification.Catalog;

/// <summary>Reads the <c>content</c> and <c>variants</c> of a scheme.</summary>
internal static class ContentReader
{
    private static readonly ContentTemplate Nothing = ContentTemplate.Compile("", out _)!;

    /// <summary>The variants in their order, at the end the one that fits every request.</summary>
    public static ContentVariant[] Read(SettingReader scheme, SignatureAlgorithm? algorithm)
    {
        if (algorithm is { SignsContent: false })
        {
            return [new ContentVariant(When: null, [Nothing], Digest: null)];
        }

        var variants = new List<ContentVariant>();
        foreach (var node in scheme.Items("variants"))
        {
            var reader = new SettingReader(node, scheme.Problems);
            reader.Required("when");
            var when = reader.Sources("when");
            var templates = ReadTemplates(reader, algorithm);
            var digest = ReadDigest(reader.Child("digest"));
            reader.Done();
            if (when is not [{ InBody: false } place])
            {
                reader.Problems.Error(node, "'when' names one place outside the body, such as query:bodySHA256.");
            }
            else
            {
                variants.Add(new ContentVariant(place, templates, digest));
            }
        }

        variants.Add(new ContentVariant(When: null, ReadTemplates(scheme, algorithm), Digest: null));
        return [.. variants];
    }

    private static ContentTemplate[] ReadTemplates(SettingReader reader, SignatureAlgorithm? algorithm)
    {
        reader.Required("content");
        var templates = new List<ContentTemplate>();
        foreach (var text in reader.OneOrMore("content"))
        {
            if (ContentTemplate.Compile(text, out var error) is not { } template)
            {
                reader.Problems.Error(reader.Node.Members["content"], $"\"{text}\" is no content template: {error}.");
            }
            else if (algorithm is not null && algorithm.HashesSecret != template.Secret is not SecretPlace.None)
            {
                reader.Problems.Error(reader.Node.Members["content"], algorithm.HashesSecret
                    ? $"\"{text}\" has no {{secret}}, so that anybody could compute its {algorithm.Name}; expected {{secret}} first or last."
                    : $"\"{text}\" has {{secret}}, which only hashes without a key have; {algorithm.Name} has one.");
            }
            else
            {
                templates.Add(template);
            }
        }

        return [.. templates];
    }

    private static DigestField? ReadDigest(SettingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        reader.Required("in");
        var sources = reader.Sources("in");
        var hash = reader.RequiredNamed("hash", HashKind.ByName);
        var encoding = reader.RequiredNamed("encoding", SchemeNames.SignatureEncodings);
        reader.Done();
        if (sources is [{ InBody: false } source] && hash is not null)
        {
            return new DigestField(source, hash, encoding);
        }

        reader.Problems.Error(reader.Node, "A digest stands in one place outside the body that it is of.");
        return null;
    }
}
