using System.Buffers.Binary;
using Dapper;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Persistence.Sessions;

internal sealed class SqliteSessionStore(SqliteScope scope) : ISessionStore
{
    private const string Number = "(SELECT number FROM identities WHERE id = @IdentityId)";

    public Task<Session?> FindByTokenAsync(ReadOnlyMemory<byte> tokenHash, CancellationToken cancellationToken)
    {
        const string sql = $"{SessionReader.Selected} WHERE s.key = ?1 AND s.token_hash = ?2";
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, Key(tokenHash.Span));
        row.Bind(2, tokenHash.Span);
        return Task.FromResult(row.Step() ? SessionReader.Read(row) : null);
    }

    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = $"{SessionReader.Selected} WHERE s.id = ?1";
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, id);
        return Task.FromResult(row.Step() ? SessionReader.Read(row) : null);
    }

    public async Task<Page<Session>> ListAsync(Guid identityId, DateTimeOffset? activeAt, Guid? except, int offset, int limit, CancellationToken cancellationToken)
    {
        const string chosen = $"""
            s.identity_number = {Number} AND (@ActiveAt IS NULL OR (s.active = 1 AND s.expires_at > @ActiveAt)) AND (@Except IS NULL OR s.id <> @Except)
            """;
        const string count = $"SELECT COUNT(*) FROM sessions s WHERE {chosen}";
        const string list = $"SELECT s.id FROM sessions s WHERE {chosen} ORDER BY s.issued_at DESC, s.id DESC LIMIT @Limit OFFSET @Offset";
        var parameters = new { IdentityId = identityId.Text(), ActiveAt = activeAt.Milliseconds(), Except = except.Text(), Limit = limit, Offset = offset };
        var db = scope.Use(cancellationToken).Db;
        var total = await db.ExecuteScalarAsync<long>(count, parameters).ConfigureAwait(false);
        var ids = (await db.QueryAsync<string>(list, parameters).ConfigureAwait(false)).AsList();
        var sessions = new List<Session>(ids.Count);
        foreach (var id in ids)
        {
            if (await FindAsync(id.ToId(), cancellationToken).ConfigureAwait(false) is { } session)
                sessions.Add(session);
        }

        return new Page<Session>(sessions, (int)total);
    }

    public Task InsertAsync(Session session, ReadOnlyMemory<byte> tokenHash, CancellationToken cancellationToken)
    {
        const string sql = $"""
            INSERT INTO sessions (key, token_hash, id, identity_number, active, expires_at, authenticated_at, issued_at, aal, methods, devices)
            VALUES (@Key, @TokenHash, @Id, {Number}, @Active, @ExpiresAt, @AuthenticatedAt, @IssuedAt, @Aal, @Methods, @Devices)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, Row(session, tokenHash));
    }

    public async Task<bool> RenewAsync(Session session, ReadOnlyMemory<byte> tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE sessions SET key = @Key, token_hash = @TokenHash, expires_at = @ExpiresAt, authenticated_at = @AuthenticatedAt, issued_at = @IssuedAt, aal = @Aal, methods = @Methods
            WHERE id = @Id AND identity_number = {Number} AND active = 1 AND expires_at > @Now
            """;
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, Row(session, tokenHash, now)).ConfigureAwait(false) == 1;
    }

    public async Task<bool> ExtendAsync(Guid id, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE sessions SET expires_at = @ExpiresAt WHERE id = @Id AND active = 1 AND expires_at > @Now";
        var parameters = new { Id = id.Text(), ExpiresAt = expiresAt.Milliseconds(), Now = now.Milliseconds() };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public async Task<bool> RevokeAsync(Guid id, Guid? identityId, CancellationToken cancellationToken)
    {
        const string sql = $"UPDATE sessions SET active = 0 WHERE id = @Id AND (@IdentityId IS NULL OR identity_number = {Number})";
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = id.Text(), IdentityId = identityId.Text() }).ConfigureAwait(false) == 1;
    }

    public Task<int> RevokeAllAsync(Guid identityId, Guid? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE sessions SET active = 0
            WHERE identity_number = {Number} AND active = 1 AND expires_at > @Now AND (@Except IS NULL OR id <> @Except)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { IdentityId = identityId.Text(), Except = except.Text(), Now = now.Milliseconds() });
    }

    public Task<int> DeleteAllAsync(Guid identityId, CancellationToken cancellationToken)
    {
        const string sql = $"DELETE FROM sessions WHERE identity_number = {Number}";
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { IdentityId = identityId.Text() });
    }

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM sessions WHERE key IN (SELECT key FROM sessions WHERE expires_at < @Before ORDER BY expires_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    /// <summary>Where the session of a token lies. Two of a hundred million sessions share one with a chance of 1 to 3,700; the second would be refused.</summary>
    private static long Key(ReadOnlySpan<byte> tokenHash) => BinaryPrimitives.ReadInt64BigEndian(tokenHash);

    private static object Row(Session session, ReadOnlyMemory<byte> tokenHash, DateTimeOffset? now = null) => new
    {
        Id = session.Id.Text(),
        IdentityId = session.IdentityId.Text(),
        Key = Key(tokenHash.Span),
        TokenHash = tokenHash.Bytes(),
        Active = session.Active ? 1 : 0,
        ExpiresAt = session.ExpiresAt.Milliseconds(),
        AuthenticatedAt = session.AuthenticatedAt.Milliseconds(),
        IssuedAt = session.IssuedAt.Milliseconds(),
        Aal = (int)session.Aal,
        Methods = SessionDocuments.Write(session.AuthenticationMethods),
        Devices = SessionDocuments.Write(session.Devices ?? []),
        Now = now.Milliseconds(),
    };
}
