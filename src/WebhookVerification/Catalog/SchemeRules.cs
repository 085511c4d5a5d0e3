using WebhookVerification.Content.Parts;
using WebhookVerification.Settings;
using WebhookVerification.Sources;

namespace WebhookVerification.Catalog;

/// <summary>What the members of a scheme demand of each other. Each rule keeps out a scheme that would verify less than it seems to.</summary>
internal static class SchemeRules
{
    public static void Check(Scheme scheme, SettingNode node, ProblemList problems)
    {
        CheckTimestamp(scheme, node, problems);
        CheckDeliveryId(scheme, node, problems);
        CheckBody(scheme, node, problems);
        CheckParameters(scheme, node, problems);
    }

    private static void CheckTimestamp(Scheme scheme, SettingNode node, ProblemList problems)
    {
        var templates = scheme.Variants.SelectMany(static variant => variant.Alternatives).ToList();
        if (scheme.Timestamp is not { } timestamp)
        {
            if (templates.Exists(static template => template.SignsTimestamp))
            {
                problems.Error(node, "'content' has {timestamp}, but no 'timestamp' says where the time stands.");
            }

            return;
        }

        if (!templates.TrueForAll(static template => template.SignsTimestamp))
        {
            problems.Error(node, "'timestamp' is given, but 'content' does not have {timestamp}: a time that is not signed proves nothing.");
        }

        if (timestamp.Sources.Length == 0 == scheme.Signature.List?.Timestamp is null)
        {
            problems.Error(
                node.Members["timestamp"],
                "The time stands either in a place of its own ('in') or in a field of the signature's list ('signature.list.timestamp'): name one of them.");
        }
    }

    private static void CheckDeliveryId(Scheme scheme, SettingNode node, ProblemList problems)
    {
        if (scheme.DeliveryId is { } id && !Array.TrueForAll(scheme.Variants, variant => variant.Signs(id)))
        {
            problems.Error(
                node.Members["deliveryId"],
                $"'deliveryId' is {id.Notation}, but 'content' does not have {{{id.Notation}}}: an id that is not signed proves nothing.");
        }
    }

    private static void CheckBody(Scheme scheme, SettingNode node, ProblemList problems)
    {
        if (scheme.BodyTimestamp is { } time
            && !Array.TrueForAll(scheme.Variants, variant => Array.TrueForAll(time.Sources, variant.Signs)))
        {
            problems.Error(node.Members["bodyTimestamp"], "'content' has neither {body} nor this time: a time that is not signed proves nothing.");
        }

        foreach (var variant in scheme.Variants)
        {
            if (variant.Digest is { Source: var source } && !variant.Signs(source) && !variant.Alternatives.All(static template => template.Parts.OfType<UrlPart>().Any()))
            {
                problems.Error(node.Members["variants"], $"The digest at {source.Notation} is not part of 'content': anybody could replace it together with the body.");
            }
        }

        if (scheme.Each is not null && (!scheme.Signature.InBody || scheme.DeliveryId is not null || scheme.BodyTimestamp is not null
            || scheme.Variants is not [{ Alternatives: [var only] }] || only.Parts.Any(static part => part is BodyPart)))
        {
            problems.Error(node.Members["each"], "With 'each', every item carries its own signature (json:/…) over one 'content' without {body}, and no 'deliveryId' or 'bodyTimestamp', which would be read outside of the items.");
        }
    }

    private static void CheckParameters(Scheme scheme, SettingNode node, ProblemList problems)
    {
        var used = scheme.Variants.SelectMany(static variant => variant.Alternatives)
            .SelectMany(static template => template.Parts)
            .Concat(scheme.Signature.Sources)
            .Concat(scheme.Handshakes.SelectMany(static handshake => handshake.Templates).SelectMany(static template => template.Sources))
            .OfType<ParameterSource>()
            .Select(static source => source.Name)
            .Concat(scheme.Handshakes.SelectMany(static handshake => handshake.Verify.Select(static pair => pair.Value)));
        foreach (var name in used.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!scheme.Parameters.Any(declared => declared.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                problems.Error(node, $"{{parameter:{name}}} is not declared; declare it in 'parameters', with a description.");
            }
        }
    }
}
