using Npgsql;
using NpgsqlTypes;
using WebhookVerification.Replay;

namespace Proxy.Replay;

/// <summary>
/// The table of claims: one row a key, and every operation one statement, hence one round trip and one transaction. Plain SQL
/// without functions, locks or extensions, so that PostgreSQL-compatible distributed databases run it too.
/// <para>
/// Times are the calling proxy's. A proxy believes a signature until its own clock says that the signed time is too old; only by
/// the same clock does the key last as long. With the database's alone, a proxy whose clock is behind would believe a copy whose
/// key is forgotten. But one whose clock is ahead must not forget for all the others: what it calls expired, the database's clock
/// has to call so too. For leases this asks that the proxies' clocks agree within the margin by which a lease outlives its call
/// (10 s), which signed times ask anyway.
/// </para>
/// </summary>
internal sealed class ClaimTable(PostgresConnections connections)
{
    // The index is for the removal of expired rows alone.
    private const string CreateSql = """
        CREATE TABLE IF NOT EXISTS webhook_claims (
            key bytea PRIMARY KEY,
            owner bigint NOT NULL,
            fingerprint bytea NOT NULL,
            committed boolean NOT NULL,
            expires timestamptz NOT NULL);
        CREATE INDEX IF NOT EXISTS webhook_claims_expires ON webhook_claims (expires)
        """;

    // What is known to be held is answered by a read. What somebody else took since the statement began violates NOT NULL: the
    // one way in plain SQL to undo the whole statement, so that of two keys both are claimed or none.
    private const string ClaimSql = """
        WITH busy AS (
            SELECT key, committed, fingerprint FROM webhook_claims
            WHERE key = ANY($1) AND expires > LEAST($5, CURRENT_TIMESTAMP) AND (committed OR owner <> $2)
        ), claimed AS (
            INSERT INTO webhook_claims AS held (key, owner, fingerprint, committed, expires)
            SELECT wanted.key, $2, $3, false, $4 FROM unnest($1) AS wanted (key) WHERE NOT EXISTS (SELECT 1 FROM busy)
            ON CONFLICT (key) DO UPDATE SET
                owner = CASE WHEN held.expires <= LEAST($5, CURRENT_TIMESTAMP) OR (held.owner = $2 AND NOT held.committed) THEN excluded.owner END,
                fingerprint = excluded.fingerprint,
                committed = false,
                expires = excluded.expires
        )
        SELECT key, committed, fingerprint FROM busy
        """;

    // Inserts what a crash of the database has lost; what another owner took over stays his.
    private const string CommitSql = """
        INSERT INTO webhook_claims AS held (key, owner, fingerprint, committed, expires)
        SELECT done.key, $3, $4, true, done.expires FROM unnest($1, $2) AS done (key, expires)
        ON CONFLICT (key) DO UPDATE SET committed = true, expires = excluded.expires
        WHERE held.owner = excluded.owner
        """;

    private const string ReleaseSql = "DELETE FROM webhook_claims WHERE key = ANY($1) AND owner = $2 AND NOT committed";

    // Rows that somebody works on are left for the next time: removal waits for no claim.
    private const string RemoveSql = """
        DELETE FROM webhook_claims WHERE key IN (
            SELECT key FROM webhook_claims WHERE expires <= LEAST($1, CURRENT_TIMESTAMP) ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>How long a caller waits for an answer.</summary>
    public TimeSpan Timeout => connections.Timeout;

    /// <summary>Creates what is missing. Several proxies may do so at once.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Setup.CreateCommand(CreateSql);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject)
        {
            // IF NOT EXISTS looks before it creates; another proxy was faster. What it began, a second attempt finds.
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Then an administrator has made it; if not, the first claim says that it is missing.
        }
    }

    /// <summary>Claims every key or none.</summary>
    /// <exception cref="PostgresException">
    /// <see cref="PostgresErrorCodes.NotNullViolation"/>: another claim took a key at this very moment.
    /// </exception>
    public async Task<ReplayAnswer> ClaimAsync(ReplayClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var content = Bytes(claim.Content);
        return await RunAsync(
            connections.Quick,
            ClaimSql,
            async command =>
            {
                Add(command, Keys(claim, content), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
                Add(command, claim.Owner, NpgsqlDbType.Bigint);
                Add(command, Bytes(claim.Fingerprint), NpgsqlDbType.Bytea);
                Add(command, claim.LeaseExpires.UtcDateTime, NpgsqlDbType.TimestampTz);
                Add(command, now.UtcDateTime, NpgsqlDbType.TimestampTz);
                return await AnswerOfAsync(command, content);
            },
            cancellationToken);
    }

    /// <summary>Makes a claim last. False when a key has another owner.</summary>
    public async Task<bool> CommitAsync(ReplayClaim claim, CancellationToken cancellationToken)
    {
        return await RunAsync(
            connections.Durable,
            CommitSql,
            command =>
            {
                Add(command, Keys(claim, Bytes(claim.Content)), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
                Add(command, Expiries(claim), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
                Add(command, claim.Owner, NpgsqlDbType.Bigint);
                Add(command, Bytes(claim.Fingerprint), NpgsqlDbType.Bytea);
                return command.ExecuteNonQueryAsync();
            },
            cancellationToken) == CountOf(claim);
    }

    /// <summary>Forgets a claim. False when a key has another owner, or is forgotten already.</summary>
    public async Task<bool> ReleaseAsync(ReplayClaim claim, CancellationToken cancellationToken)
    {
        return await RunAsync(
            connections.Quick,
            ReleaseSql,
            command =>
            {
                Add(command, Keys(claim, Bytes(claim.Content)), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
                Add(command, claim.Owner, NpgsqlDbType.Bigint);
                return command.ExecuteNonQueryAsync();
            },
            cancellationToken) == CountOf(claim);
    }

    /// <summary>Removes some rows that expired before <paramref name="before"/>, by the database's clock too, and says how many.</summary>
    public async Task<int> RemoveExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var command = connections.Quick.CreateCommand(RemoveSql);
        Add(command, before.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(command, (long)limit, NpgsqlDbType.Bigint);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Runs one statement and gives it up when the token says so. Npgsql itself is told of the token only while it connects: to cancel
    /// a statement it asks the server on another connection and waits, without bound and on a thread, and a server that stands still
    /// never answers. What is given up here goes on by itself, and its connection, one of few, is not used until it has ended.
    /// </summary>
    /// <exception cref="StatementGivenUpException">It took too long.</exception>
    private static async Task<T> RunAsync<T>(NpgsqlDataSource source, string sql, Func<NpgsqlCommand, Task<T>> run, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        var statement = RunToTheEndAsync(connection, sql, run);
        try
        {
            return await statement.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new StatementGivenUpException(statement);
        }
    }

    private static async Task<T> RunToTheEndAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlCommand, Task<T>> run)
    {
        await using (connection)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await run(command);
        }
    }

    private static async Task<ReplayAnswer> AnswerOfAsync(NpgsqlCommand command, byte[] content)
    {
        await using var busy = await command.ExecuteReaderAsync();
        var answer = new ReplayAnswer(ReplayState.New);
        while (await busy.ReadAsync())
        {
            if (!busy.GetBoolean(1))
            {
                answer = new(ReplayState.InFlight);
            }
            else if (answer.State == ReplayState.New || (answer.State == ReplayState.Committed && IsKey(busy, content)))
            {
                answer = new(ReplayState.Committed, RequestFingerprint.FromDigest(busy.GetFieldValue<byte[]>(2)));
            }
        }

        return answer;
    }

    private static void Add<T>(NpgsqlCommand command, T value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });

    private static int CountOf(in ReplayClaim claim) => claim.Delivery is null ? 1 : 2;

    /// <summary>In an order that is the same for every claim, so that two claims over the same keys wait for each other in turn.</summary>
    private static byte[][] Keys(in ReplayClaim claim, byte[] content)
    {
        if (claim.Delivery is not { } key)
        {
            return [content];
        }

        var delivery = Bytes(key);
        return DeliveryIsFirst(claim) ? [delivery, content] : [content, delivery];
    }

    private static DateTime[] Expiries(in ReplayClaim claim) =>
        claim.Delivery is null ? [claim.ContentExpires.UtcDateTime]
        : DeliveryIsFirst(claim) ? [claim.DeliveryExpires.UtcDateTime, claim.ContentExpires.UtcDateTime]
        : [claim.ContentExpires.UtcDateTime, claim.DeliveryExpires.UtcDateTime];

    private static bool DeliveryIsFirst(in ReplayClaim claim) =>
        claim.Delivery is { } delivery && (delivery.A, delivery.B, delivery.C, delivery.D).CompareTo(
            (claim.Content.A, claim.Content.B, claim.Content.C, claim.Content.D)) < 0;

    private static bool IsKey(NpgsqlDataReader row, byte[] key) => row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key);

    private static byte[] Bytes(in ReplayKey key)
    {
        var bytes = new byte[ReplayKey.Size];
        key.CopyTo(bytes);
        return bytes;
    }

    private static byte[] Bytes(in RequestFingerprint fingerprint)
    {
        var bytes = new byte[RequestFingerprint.Size];
        fingerprint.CopyTo(bytes);
        return bytes;
    }
}
