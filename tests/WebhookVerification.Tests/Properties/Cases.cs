using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace WebhookVerification.Tests.Properties;

/// <summary>How many random cases a property is tried on: few in the everyday run, many in tests/extended.sh. A failure prints its seed.</summary>
internal static class Cases
{
    /// <summary>Multiplies every number of cases.</summary>
    private const string Variable = "WEBHOOK_PROPERTY_FACTOR";

    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? Math.Max(1, factor) : 1;

    /// <summary>Tries the property on <paramref name="count"/> values, times the factor of the run.</summary>
    public static void Try<T>(Gen<T> values, int count, Action<T> property) =>
        Prop.ForAll(Arb.From(values), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count * Factor));

    /// <summary>A text of so many of these characters.</summary>
    public static Gen<string> Text(string alphabet, int least, int most) =>
        Gen.Choose(least, most).SelectMany(length => Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)).Select(static characters => new string(characters));

    /// <summary>So many bytes.</summary>
    public static Gen<byte[]> Bytes(int least, int most) =>
        Gen.Choose(least, most).SelectMany(static length => Gen.Choose(0, 255).ArrayOf(length)).Select(static bytes => Array.ConvertAll(bytes, static value => (byte)value));
}
