using WebhookVerification.Replay;
using static WebhookVerification.Tests.Replay.ReplayClaims;

namespace WebhookVerification.Tests.Replay;

public sealed class ExpiringTableTests
{
    private const int Turn = 1 << 14;

    private readonly ExpiringTable<long> _table = new();

    [Fact]
    public void ManyAddedAndRemoved_AgreesWithADictionary()
    {
        var random = new Random(1);
        var expected = new Dictionary<ReplayKey, long>();
        for (var step = 0; step < 60_000; step++)
        {
            // Grows for two thirds of the time, then shrinks to nothing.
            var key = Key(random.Next(10_000));
            if (step < 40_000 && random.Next(3) > 0 && expected.TryAdd(key, step))
            {
                _table.Add(key, step, expires: random.Next(1, 20_000), now: 0);
            }
            else
            {
                Assert.Equal(expected.Remove(key), _table.Remove(key));
            }

            Assert.Equal(expected.Count, _table.Count);
        }

        Assert.NotEmpty(expected);
        Assert.All(Enumerable.Range(0, 10_000).Select(Key), key =>
        {
            Assert.Equal(expected.TryGetValue(key, out var value), _table.TryGet(key, out var actual));
            Assert.Equal(value, actual);
        });
    }

    [Fact]
    public void SameHash_KeysStayApart()
    {
        for (var i = 0ul; i < 200; i++)
        {
            _table.Add(new ReplayKey(7, i, 0, 0), (long)i, 10, 0);
        }

        Assert.True(_table.Remove(new ReplayKey(7, 50, 0, 0)));

        Assert.False(_table.TryGet(new ReplayKey(7, 50, 0, 0), out _));
        Assert.True(_table.TryGet(new ReplayKey(7, 51, 0, 0), out var value));
        Assert.Equal(51, value);
    }

    [Fact]
    public void RemoveSoonest_GoesByExpiryAndThenByAge()
    {
        int[] expiries = [30, 10, 20, 10, 5000, 30];
        for (var i = 0; i < expiries.Length; i++)
        {
            _table.Add(Key(i), i, expiries[i], now: 0);
        }

        Assert.Equal([1, 3, 2, 0, 5, 4], expiries.Select(_ => RemoveSoonest()));
    }

    [Fact]
    public void AddedWithAnEarlierExpiry_IsSoonest()
    {
        _table.Add(Key(0), 0, 1000, now: 0);
        _table.Add(Key(1), 1, 2000, now: 0);
        Assert.Equal(0, RemoveSoonest());

        _table.Add(Key(2), 2, 50, now: 0);

        Assert.Equal(2, RemoveSoonest());
    }

    [Fact]
    public void ExpiryBeyondOneTurn_IsKeptUntilThen()
    {
        _table.Add(Key(0), 0, (3 * Turn) + 5, now: 0);
        _table.Add(Key(1), 1, 10, now: 0);

        for (var now = 0L; now < (3 * Turn) + 5; now += 1000)
        {
            _table.DropExpired(now, 10);
            Assert.True(_table.TryGet(Key(0), out _));
        }

        Assert.Equal(1, _table.Count);
        _table.DropExpired((3 * Turn) + 5, 10);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void DropExpired_StopsAtItsLimit()
    {
        for (var i = 0; i < 10; i++)
        {
            _table.Add(Key(i), i, 10, now: 0);
        }

        _table.DropExpired(now: 100, limit: 4);

        Assert.Equal(6, _table.Count);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(10 * Turn)]
    [InlineData(-10 * Turn)]
    public void ClockJumps_EveryKeyIsStillFoundAndDroppedInTheEnd(int jump)
    {
        const int now = 1_000_000;
        _table.Add(Key(0), 0, now + 100, now);
        _table.Add(Key(1), 1, now + jump + 100, now + jump);
        _table.Add(Key(2), 2, now + 200, now);

        Assert.All([0, 1, 2], key => Assert.True(_table.TryGet(Key(key), out _)));
        for (var turn = 0; turn < 3; turn++)
        {
            _table.DropExpired(now + Math.Max(jump, 0) + 200, 100);
        }

        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Emptied_StartsAfreshAtAnyTime()
    {
        _table.Add(Key(0), 0, 5_000_000, now: 5_000_000);
        Assert.True(_table.Remove(Key(0)));

        _table.Add(Key(1), 1, 100, now: 0);
        _table.DropExpired(now: 99, limit: 10);
        Assert.Equal(1, _table.Count);
        _table.DropExpired(now: 100, limit: 10);
        Assert.Equal(0, _table.Count);
    }

    private long RemoveSoonest()
    {
        var before = Enumerable.Range(0, 10).Where(i => _table.TryGet(Key(i), out _)).ToArray();
        Assert.True(_table.RemoveSoonest(now: 0));
        return Assert.Single(before, i => !_table.TryGet(Key(i), out _));
    }
}
