namespace Proxy.Tests.Hostile;

/// <summary>Choices of a seeded generator.</summary>
internal static class Dice
{
    /// <summary>One generator for each case, so that any case can be made again without those before it.</summary>
    public static Random Of(int seed, int number) => new(unchecked((seed * 1_000_003) ^ (number * 7919)));

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>True once in <paramref name="count"/>.</summary>
    public static bool OneIn(this Random random, int count) => random.Next(count) == 0;

    /// <summary>Flips, drops, adds or doubles a few bytes.</summary>
    public static byte[] Scramble(this Random random, byte[] bytes)
    {
        var list = new List<byte>(bytes);
        for (var edits = random.Next(1, 4); edits > 0 && list.Count > 0; edits--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(random.Next(1, 9), list.Count - at));
                    break;
                case 2:
                    list.Insert(at, random.Pick<byte>(0, 9, 10, 13, 32, 0x2f, 0x3a, 0x7f, 0x80, 0xff, (byte)random.Next(256)));
                    break;
                case 3:
                    var from = random.Next(list.Count);
                    list.InsertRange(at, list.GetRange(from, Math.Min(random.Next(1, 40), list.Count - from)));
                    break;
                default:
                    list[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. list];
    }
}
