using Dapper;
using Selfservice.Persistence.Sqlite;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.Persistence.Secrets;

internal sealed class SqliteOneTimeSecretStore(SqliteScope scope) : IOneTimeSecretStore
{
    private const string Selected = """
        SELECT id AS Id, purpose AS Purpose, mac AS Mac, flow_id AS FlowId, identity_id AS IdentityId, subject AS Subject, issued_at AS IssuedAt, expires_at AS ExpiresAt,
            used_at AS UsedAt
        FROM one_time_secrets
        """;

    public Task InsertAsync(OneTimeSecret secret, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO one_time_secrets (id, purpose, mac, flow_id, identity_id, subject, issued_at, expires_at, used_at)
            VALUES (@Id, @Purpose, @Mac, @FlowId, @IdentityId, @Subject, @IssuedAt, @ExpiresAt, @UsedAt)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new Row
        {
            Id = secret.Id.Text(),
            Purpose = secret.Purpose,
            Mac = secret.Mac.Bytes(),
            FlowId = secret.FlowId.Text(),
            IdentityId = secret.IdentityId.Text(),
            Subject = secret.Subject,
            IssuedAt = secret.IssuedAt.Milliseconds(),
            ExpiresAt = secret.ExpiresAt.Milliseconds(),
            UsedAt = secret.UsedAt.Milliseconds(),
        });
    }

    public async Task<OneTimeSecret?> FindAsync(string purpose, ReadOnlyMemory<byte> mac, CancellationToken cancellationToken)
    {
        const string sql = $"{Selected} WHERE mac = @Mac AND purpose = @Purpose ORDER BY issued_at DESC, id DESC LIMIT 1";
        var row = await scope.Use(cancellationToken).Db.QuerySingleOrDefaultAsync<Row>(sql, new { Mac = mac.Bytes(), Purpose = purpose }).ConfigureAwait(false);
        return row?.ToSecret();
    }

    public async Task<IReadOnlyList<OneTimeSecret>> ListByFlowAsync(string purpose, Guid flowId, CancellationToken cancellationToken)
    {
        // A flow issues a handful; the limit only bounds what a mistake could load.
        const string sql = $"{Selected} WHERE flow_id = @FlowId AND purpose = @Purpose ORDER BY issued_at DESC, id DESC LIMIT 1000";
        var rows = await scope.Use(cancellationToken).Db.QueryAsync<Row>(sql, new { FlowId = flowId.Text(), Purpose = purpose }).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToSecret())];
    }

    public async Task<bool> ConsumeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE one_time_secrets SET used_at = @Now WHERE id = @Id AND used_at IS NULL AND expires_at > @Now";
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = id.Text(), Now = now.Milliseconds() }).ConfigureAwait(false) == 1;
    }

    public Task<int> RevokeByFlowAsync(string purpose, Guid flowId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE one_time_secrets SET used_at = @Now WHERE flow_id = @FlowId AND purpose = @Purpose AND used_at IS NULL AND expires_at > @Now";
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { FlowId = flowId.Text(), Purpose = purpose, Now = now.Milliseconds() });
    }

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM one_time_secrets WHERE rowid IN (SELECT rowid FROM one_time_secrets WHERE expires_at < @Before ORDER BY expires_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Purpose { get; init; } = "";

        public byte[] Mac { get; init; } = [];

        public string? FlowId { get; init; }

        public string? IdentityId { get; init; }

        public string Subject { get; init; } = "";

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        public long? UsedAt { get; init; }

        public OneTimeSecret ToSecret() => new()
        {
            Id = Id.ToId(),
            Purpose = Purpose,
            Mac = Mac,
            FlowId = FlowId.ToIdOrNull(),
            IdentityId = IdentityId.ToIdOrNull(),
            Subject = Subject,
            IssuedAt = IssuedAt.ToTime(),
            ExpiresAt = ExpiresAt.ToTime(),
            UsedAt = UsedAt.ToTime(),
        };
    }
}
