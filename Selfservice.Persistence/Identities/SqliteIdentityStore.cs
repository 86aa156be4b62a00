using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Identities;

internal sealed class SqliteIdentityStore(SqliteScope scope) : IIdentityStore
{
    private const string Selected = """
        SELECT i.id AS Id, i.schema_id AS SchemaId, i.traits AS Traits, i.state AS State, i.state_changed_at AS StateChangedAt, i.external_id AS ExternalId,
            i.metadata_public AS MetadataPublic, i.metadata_admin AS MetadataAdmin, i.organization_id AS OrganizationId,
            i.verifiable_addresses AS VerifiableAddresses, i.recovery_addresses AS RecoveryAddresses, i.created_at AS CreatedAt, i.updated_at AS UpdatedAt
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

    public Task<Identity?> FindByVerifiableAddressAsync(string via, string value, CancellationToken cancellationToken)
    {
        const string sql = $"{Selected} JOIN addresses a ON a.identity_id = i.id WHERE a.purpose = 'verification' AND a.via = @Via AND a.value = @Value";
        return SingleAsync(sql, new { Via = via, Value = value }, withCredentials: true, cancellationToken);
    }

    public async Task<IReadOnlyList<Identity>> FindByRecoveryAddressAsync(IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Selected} WHERE i.id IN (SELECT a.identity_id FROM addresses a WHERE a.purpose = 'recovery' AND a.via IN ('email', 'sms') AND a.value IN (SELECT value FROM json_each(@Values)))
            ORDER BY i.id LIMIT 10
            """;
        var db = scope.Use(cancellationToken).Db;
        var rows = await db.QueryAsync<IdentityRow>(sql, new { Values = JsonColumn.WriteTexts(values) }).ConfigureAwait(false);
        return await IdentityLoader.LoadAsync(db, rows.AsList(), withCredentials: true).ConfigureAwait(false);
    }

    public async Task<bool> SetAddressStatusAsync(Guid identityId, string via, string value, VerificationStatus status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE identities SET verifiable_addresses = @Addresses, updated_at = MAX(updated_at + 1, @Now) WHERE id = @Id";
        if (status is not (VerificationStatus.Sent or VerificationStatus.Completed))
            throw new ArgumentOutOfRangeException(nameof(status), status, "An address does not go back to pending.");
        var db = scope.Use(cancellationToken).Db;
        var stored = await FindAsync(identityId, withCredentials: false, cancellationToken).ConfigureAwait(false);
        if (stored?.VerifiableAddresses.Any(a => a.Via == via && a.Value == value) is not true)
            return false;
        var changed = status == VerificationStatus.Completed ? stored.WithProven(via, value, now) : stored.WithSent(via, value, now);
        var parameters = new { Id = identityId.Text(), Addresses = AddressDocuments.Write(changed.VerifiableAddresses), Now = now.Milliseconds() };
        return await db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public Task<Identity?> FindConflictAsync(Identity identity, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Selected} WHERE i.id = (
                SELECT identity_id FROM (
                    SELECT c.identity_id FROM json_each(@Identifiers) j
                        JOIN credential_identifiers c ON c.type = j.value ->> 0 AND c.identifier = j.value ->> 1
                    UNION ALL SELECT a.identity_id FROM json_each(@Addresses) j
                        JOIN addresses a ON a.purpose = j.value ->> 0 AND a.via = j.value ->> 1 AND a.value = j.value ->> 2)
                WHERE identity_id <> @Id LIMIT 1)
            """;
        var parameters = new
        {
            Id = identity.Id.Text(),
            Identifiers = JsonColumn.WriteKeys(identity.Credentials.SelectMany(c => c.Identifiers.Select(i => new[] { c.Type.Name, i }))),
            Addresses = JsonColumn.WriteKeys(AddressKey.Of(identity).Select(a => new[] { a.Purpose, a.Via, a.Value })),
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
            Ids = query.Ids is null ? null : JsonColumn.WriteTexts(query.Ids.Select(id => id.Text())),
            OrganizationId = query.OrganizationId.Text(),
            Identifiers = query.Identifiers is null ? null : JsonColumn.WriteKeys(query.Identifiers.Select(i => new[] { i.Type.Name, i.Identifier })),
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

    public async Task<IdentityWrite> UpdateAsync(Identity identity, DateTimeOffset? expectedUpdatedAt, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(identity.Id, withCredentials: true, cancellationToken).ConfigureAwait(false);
        return stored is null || (expectedUpdatedAt is { } expected && expected.Milliseconds() != stored.UpdatedAt.Milliseconds())
            ? IdentityWrite.Missing
            : await IdentityWriter.UpdateAsync(scope.Use(cancellationToken).Db, stored, identity).ConfigureAwait(false);
    }

    public async Task<bool> ReplaceCredentialConfigAsync(Guid identityId, Credential expected, Credential replacement, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE credentials SET config = @Config, version = @Version, updated_at = @UpdatedAt
            WHERE identity_id = @IdentityId AND type = @Type AND config = @ExpectedConfig AND version = @ExpectedVersion
            """;
        const string move = "UPDATE identities SET updated_at = MAX(updated_at + 1, @UpdatedAt) WHERE id = @IdentityId";
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
        var db = scope.Use(cancellationToken).Db;
        return await db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1
            && await db.ExecuteAsync(move, new { parameters.IdentityId, parameters.UpdatedAt }).ConfigureAwait(false) == 1;
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM identities WHERE id = @Id";
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = id.Text() }).ConfigureAwait(false) == 1;
    }

    private async Task<Identity?> SingleAsync(string sql, object parameters, bool withCredentials, CancellationToken cancellationToken)
    {
        var db = scope.Use(cancellationToken).Db;
        var row = await db.QuerySingleOrDefaultAsync<IdentityRow>(sql, parameters).ConfigureAwait(false);
        // The same queries whether there is somebody or not: the time of an answer must not tell who has an account.
        var loaded = await IdentityLoader.LoadAsync(db, row is null ? [] : [row], withCredentials).ConfigureAwait(false);
        return loaded.SingleOrDefault();
    }
}
