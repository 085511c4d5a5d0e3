using WebhookVerification.Settings;
using WebhookVerification.Signatures.Algorithms;
using WebhookVerification.Sources;

namespace WebhookVerification.Catalog;

/// <summary>Reads a scheme from JSON and reports every error in it. The schema of the JSON is config/provider.schema.json.</summary>
internal static class SchemeReader
{
    /// <summary>Null when it has errors.</summary>
    public static Scheme? Read(SettingNode node, ProblemList problems)
    {
        var errorsBefore = problems.Errors.Count;
        var reader = new SettingReader(node, problems);
        var algorithm = reader.RequiredNamed("algorithm", SignatureAlgorithm.ByName);
        var secret = SignatureReader.ReadSecret(reader.Child("secret"));
        var signature = SignatureReader.Read(reader, algorithm);
        var requirements = SignatureReader.ReadRequirements(reader);
        var timestamp = TimestampReader.Read(reader.Child("timestamp"), inBody: false);
        var bodyTimestamp = TimestampReader.Read(reader.Child("bodyTimestamp"), inBody: true);
        var variants = ContentReader.Read(reader, algorithm);
        var each = ReadEach(reader);
        var deliveryId = ReadDeliveryId(reader);
        var parameters = ParameterReader.Read(reader);
        var handshakes = HandshakeReader.Read(reader, algorithm);
        reader.Done();
        if (problems.Errors.Count > errorsBefore)
        {
            return null;
        }

        var scheme = new Scheme(algorithm!, secret, signature!, variants)
        {
            Requirements = requirements,
            Timestamp = timestamp,
            BodyTimestamp = bodyTimestamp,
            Each = each,
            DeliveryId = deliveryId,
            Parameters = parameters,
            Handshakes = handshakes,
        };
        SchemeRules.Check(scheme, node, problems);
        return problems.Errors.Count > errorsBefore ? null : scheme;
    }

    private static JsonPointer? ReadEach(SettingReader reader)
    {
        if (reader.String("each") is not { } text)
        {
            return null;
        }

        var pointer = JsonPointer.Parse(text);
        if (pointer is null)
        {
            reader.Problems.Error(reader.Node.Members["each"], $"\"{text}\" is no JSON pointer; expected one such as /items.");
        }

        return pointer;
    }

    private static ValueSource? ReadDeliveryId(SettingReader reader)
    {
        var sources = reader.Sources("deliveryId");
        if (sources.Length > 1)
        {
            reader.Problems.Error(reader.Node.Members["deliveryId"], "A delivery has one id; expected one place.");
        }

        return sources.FirstOrDefault();
    }
}
