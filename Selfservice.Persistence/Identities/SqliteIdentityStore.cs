using System.Text.Json;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Identities;

internal sealed class SqliteIdentityStore(SqliteScope scope) : IIdentityStore
{
    private const string Selected = """
        SELECT i.id AS Id, i.schema_id AS SchemaId, i.traits AS Traits, i.state AS State, i.state_changed_at AS StateChangedAt, i.external_id AS ExternalId,
            i.metadata_public AS MetadataPublic, i.metadata_admin AS MetadataAdmin, i.organization_id AS OrganizationId, i.created_at AS CreatedAt, i.updated_at AS UpdatedAt
        FROM identities i
        """;

    private const string ByIdentifiers = """
        AND i.id IN (SELECT c.identity_id FROM json_each(@Identifiers) j
            JOIN credential_identifiers c ON c.type = j.value ->> 0 AND c.identifier = j.value ->> 1)
        """;

    public Task<Identity?> FindAsync(Guid id, bool withCredentials, CancellationToken cancellationToken)
    {
        const string sql = $"{Selected} WHERE i.id = @Id";
        return SingleAsync(sql, new { Id = id.Text() }, withCredentials, cancellationToken);
    }

    public Task<Identity?> FindByIdentifierAsync(CredentialType type, string identifier, CancellationToken cancellationToken)
    {
        const string sql = $"{Selected} JOIN credential_identifiers c ON c.identity_id = i.id WHERE c.type = @Type AND c.identifier = @Identifier";
        return SingleAsync(sql, new { Type = type.Name, Identifier = identifier }, withCredentials: true, cancellationToken);
    }

    public Task<Identity?> FindConflictAsync(Identity identity, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Selected} WHERE i.id = (
                SELECT identity_id FROM (
                    SELECT c.identity_id FROM json_each(@Identifiers) j
                        JOIN credential_identifiers c ON c.type = j.value ->> 0 AND c.identifier = j.value ->> 1
                    UNION ALL SELECT v.identity_id FROM json_each(@Verifiable) j
                        JOIN verifiable_addresses v ON v.via = j.value ->> 0 AND v.value = j.value ->> 1
                    UNION ALL SELECT r.identity_id FROM json_each(@Recovery) j
                        JOIN recovery_addresses r ON r.via = j.value ->> 0 AND r.value = j.value ->> 1)
                WHERE identity_id <> @Id LIMIT 1)
            """;
        var parameters = new
        {
            Id = identity.Id.Text(),
            Identifiers = Pairs(identity.Credentials.SelectMany(c => c.Identifiers.Select(i => (c.Type.Name, i)))),
            Verifiable = Pairs(identity.VerifiableAddresses.Select(a => (a.Via, a.Value))),
            Recovery = Pairs(identity.RecoveryAddresses.Select(a => (a.Via, a.Value))),
        };
        return SingleAsync(sql, parameters, withCredentials: true, cancellationToken);
    }

    public async Task<IReadOnlyList<Identity>> ListAsync(IdentityQuery query, CancellationToken cancellationToken)
    {
        var sql = $"""
            {Selected} WHERE i.id > @After
            {(query.Ids is null ? "" : "AND i.id IN (SELECT value FROM json_each(@Ids))")}
            {(query.OrganizationId is null ? "" : "AND i.organization_id = @OrganizationId")}
            {(query.Identifiers is null ? "" : ByIdentifiers)}
            ORDER BY i.id LIMIT @Limit OFFSET @Offset
            """;
        var parameters = new
        {
            After = query.After == Guid.Empty ? "" : query.After.Text(),
            Ids = query.Ids is null ? null : JsonSerializer.Serialize(query.Ids.Select(id => id.Text())),
            OrganizationId = query.OrganizationId.Text(),
            Identifiers = query.Identifiers is null ? null : Pairs(query.Identifiers.Select(i => (i.Type.Name, i.Identifier))),
            query.Limit,
            query.Offset,
        };
        var db = scope.Use(cancellationToken).Db;
        var rows = await db.QueryAsync<IdentityRow>(sql, parameters).ConfigureAwait(false);
        return await IdentityLoader.LoadAsync(db, rows.AsList(), query.WithCredentials).ConfigureAwait(false);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        const string sql = "SELECT COUNT(*) FROM identities";
        return scope.Use(cancellationToken).Db.ExecuteScalarAsync<long>(sql);
    }

    public Task<IdentityWrite> InsertAsync(Identity identity, CancellationToken cancellationToken) =>
        IdentityWriter.InsertAsync(scope.Use(cancellationToken).Db, identity);

    public Task<IdentityWrite> UpdateAsync(Identity identity, CancellationToken cancellationToken) =>
        IdentityWriter.UpdateAsync(scope.Use(cancellationToken).Db, identity);

    public async Task<bool> ReplaceCredentialConfigAsync(Guid identityId, Credential expected, Credential replacement, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE credentials SET config = @Config, version = @Version, updated_at = @UpdatedAt
            WHERE identity_id = @IdentityId AND type = @Type AND config = @ExpectedConfig AND version = @ExpectedVersion
            """;
        var parameters = new
        {
            IdentityId = identityId.Text(),
            Type = expected.Type.Name,
            ExpectedConfig = expected.Config.GetRawText(),
            ExpectedVersion = expected.Version,
            Config = replacement.Config.GetRawText(),
            replacement.Version,
            UpdatedAt = replacement.UpdatedAt.Milliseconds(),
        };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM identities WHERE id = @Id";
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = id.Text() }).ConfigureAwait(false) == 1;
    }

    private static string Pairs(IEnumerable<(string, string)> pairs) => JsonSerializer.Serialize(pairs.Select(p => new[] { p.Item1, p.Item2 }));

    private async Task<Identity?> SingleAsync(string sql, object parameters, bool withCredentials, CancellationToken cancellationToken)
    {
        var db = scope.Use(cancellationToken).Db;
        var row = await db.QuerySingleOrDefaultAsync<IdentityRow>(sql, parameters).ConfigureAwait(false);
        // The same queries whether there is somebody or not: the time of an answer must not tell who has an account.
        var loaded = await IdentityLoader.LoadAsync(db, row is null ? [] : [row], withCredentials).ConfigureAwait(false);
        return loaded.SingleOrDefault();
    }
}
