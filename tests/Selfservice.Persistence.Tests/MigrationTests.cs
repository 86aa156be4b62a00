using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using Selfservice.Identities;
using Selfservice.Persistence.Migrations;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Persistence.Tests;

public sealed class MigrationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Schema_IsAsApproved()
    {
        await using (var store = _folder.Open())
            await store.InitializeAsync(CancellationToken.None);
        await using var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        var objects = await db.QueryAsync<string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name");
        string.Join("\n\n", objects).ShouldMatchApproved(c => c.WithFileExtension(".sql").SubFolder("snapshots").NoDiff());
    }

    [Test]
    public async Task Initialize_AgainOnTheSameFile_AppliesNothing()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var store = _folder.Open();
            await store.InitializeAsync(CancellationToken.None);
        }

        await using var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        (await db.QueryAsync<string>("SELECT name FROM schema_migrations")).ShouldBe(Migration.Embedded().Select(m => m.Name));
    }

    [Test]
    public async Task Initialize_WithAnEditedMigration_StopsWithASentence()
    {
        await using (var store = _folder.Open())
            await store.InitializeAsync(CancellationToken.None);
        var edited = Migration.Embedded().Select(m => m with { }).Select(m => new Migration(m.Version, m.Name, m.Sql + "-- edited")).ToList();
        await using var changed = new SqliteStore(_folder.Options(), TimeProvider.System, edited);
        var error = await Should.ThrowAsync<InvalidOperationException>(() => changed.InitializeAsync(CancellationToken.None));
        error.Message.ShouldContain("0001_initial was edited after it was applied");
    }

    [Test]
    public async Task Initialize_OnANewerDatabase_StopsWithASentence()
    {
        await using (var newer = new SqliteStore(_folder.Options(), TimeProvider.System, [.. Migration.Embedded(), new Migration(9999, "9999_future", "SELECT 1")]))
            await newer.InitializeAsync(CancellationToken.None);
        await using var store = _folder.Open();
        var error = await Should.ThrowAsync<InvalidOperationException>(() => store.InitializeAsync(CancellationToken.None));
        error.Message.ShouldContain("9999_future");
    }

    [Test]
    public async Task Initialize_WithAMigrationThatFails_KeepsNothingOfIt()
    {
        await using (var broken = new SqliteStore(_folder.Options(), TimeProvider.System, [.. Migration.Embedded(), new Migration(9999, "9999_broken", "CREATE TABLE x (y TEXT) STRICT; nonsense")]))
            await Should.ThrowAsync<SqliteException>(() => broken.InitializeAsync(CancellationToken.None));
        await using var store = _folder.Open();
        await store.CheckAsync(CancellationToken.None);
    }

    [Test]
    public async Task Devices_OfOlderDatabases_StayWithTheirSessions()
    {
        await using (var older = new SqliteStore(_folder.Options(), TimeProvider.System, [.. Migration.Embedded().Where(m => m.Version < 5)]))
            await older.InitializeAsync(CancellationToken.None);
        var (identity, with, without) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await db.ExecuteAsync("INSERT INTO identities (id, schema_id, traits, state, created_at, updated_at) VALUES (@Id, 'default', '{}', 'active', 1, 1)", new { Id = identity.ToString() });
            foreach (var (id, hash) in new[] { (with, new byte[32]), (without, [.. Enumerable.Repeat((byte)1, 32)]) })
            {
                const string session = """
                    INSERT INTO sessions (id, identity_id, token_hash, active, expires_at, authenticated_at, issued_at, aal, methods) VALUES (@Id, @Identity, @Hash, 1, 4102444800000, 1, 1, 1, '[]')
                    """;
                await db.ExecuteAsync(session, new { Id = id.ToString(), Identity = identity.ToString(), Hash = hash });
            }

            const string device = "INSERT INTO session_devices (id, session_id, ip_address, user_agent, location, position) VALUES (@Id, @Session, @Address, 'Browser/1 \"x\"', 'Zürich', @Position)";
            await db.ExecuteAsync(device, new { Id = Guid.CreateVersion7().ToString(), Session = with.ToString(), Address = "203.0.113.8", Position = 1 });
            await db.ExecuteAsync(device, new { Id = Guid.CreateVersion7().ToString(), Session = with.ToString(), Address = (string?)null, Position = 0 });
        }

        await using var store = _folder.Open();
        (await FindAsync(with))!.Devices!.Select(d => (d.IpAddress, d.UserAgent, d.Location)).ShouldBe([(null, "Browser/1 \"x\"", "Zürich"), ("203.0.113.8", "Browser/1 \"x\"", "Zürich")]);
        (await FindAsync(without))!.Devices.ShouldBeEmpty();

        Task<Session?> FindAsync(Guid id) => store.ReadAsync((scope, token) => scope.Sessions.FindAsync(id, token), CancellationToken.None);
    }

    [Test]
    public async Task AddressesAndSessions_OfOlderDatabases_AreWhatTheyWere()
    {
        await using (var older = new SqliteStore(_folder.Options(), TimeProvider.System, [.. Migration.Embedded().Where(m => m.Version < 6)]))
            await older.InitializeAsync(CancellationToken.None);
        var (ada, bob, hash) = (Guid.CreateVersion7(), Guid.CreateVersion7(), SHA256.HashData("ory_st_1"u8));
        var (proven, waiting, recovery, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await db.ExecuteAsync($$"""
                INSERT INTO identities (id, schema_id, traits, state, external_id, metadata_admin, created_at, updated_at) VALUES
                    ('{{ada}}', 'default', '{"email":"ada@example.org"}', 'active', 'x1', '{"a":1}', 1, 2), ('{{bob}}', 'default', '{}', 'inactive', NULL, NULL, 3, 4);
                INSERT INTO credentials (identity_id, type, config, version, position, created_at, updated_at) VALUES ('{{ada}}', 'password', '{}', 0, 0, 1, 1);
                INSERT INTO credential_identifiers (type, identifier, identity_id, position) VALUES ('password', 'ada@example.org', '{{ada}}', 0);
                INSERT INTO verifiable_addresses (id, identity_id, via, value, verified, status, verified_at, position, created_at, updated_at) VALUES
                    ('{{waiting}}', '{{ada}}', 'email', 'a"da@example.org', 0, 'sent', NULL, 1, 5, 6), ('{{proven}}', '{{ada}}', 'email', 'ada@example.org', 1, 'completed', 7, 0, 5, 7);
                INSERT INTO recovery_addresses (id, identity_id, via, value, position, created_at, updated_at) VALUES ('{{recovery}}', '{{ada}}', 'email', 'ada@example.org', 0, 8, 9);
                INSERT INTO sessions (id, identity_id, token_hash, active, expires_at, authenticated_at, issued_at, aal, methods, devices) VALUES
                    ('{{session}}', '{{ada}}', @hash, 1, 4102444800000, 1, 1, 1, '[{"method":"password","aal":1,"completed_at":1}]', '[]');
                """, new { hash });
        }

        await using var store = _folder.Open();
        var kept = (await store.ReadAsync((scope, token) => scope.Sessions.FindByTokenAsync(hash, token), CancellationToken.None)).ShouldNotBeNull();
        kept.Id.ShouldBe(session);
        var identity = kept.Identity.ShouldNotBeNull();
        (identity.Id, identity.ExternalId, identity.State, identity.CreatedAt.ToUnixTimeMilliseconds(), identity.UpdatedAt.ToUnixTimeMilliseconds()).ShouldBe((ada, "x1", IdentityState.Active, 1, 2));
        identity.Traits.GetRawText().ShouldBe("""{"email":"ada@example.org"}""");
        identity.MetadataAdmin!.Value.GetRawText().ShouldBe("""{"a":1}""");
        identity.VerifiableAddresses.ShouldBe(
        [
            new() { Id = proven, Via = "email", Value = "ada@example.org", Verified = true, Status = VerificationStatus.Completed, VerifiedAt = At(7), CreatedAt = At(5), UpdatedAt = At(7) },
            new() { Id = waiting, Via = "email", Value = "a\"da@example.org", Status = VerificationStatus.Sent, CreatedAt = At(5), UpdatedAt = At(6) },
        ]);
        identity.RecoveryAddresses.ShouldBe([new() { Id = recovery, Via = "email", Value = "ada@example.org", CreatedAt = At(8), UpdatedAt = At(9) }]);
        (await FindAsync(s => s.FindByIdentifierAsync(new CredentialType("password"), "ada@example.org", CancellationToken.None)))!.Credentials.Single().Identifiers.ShouldBe(["ada@example.org"]);
        (await FindAsync(s => s.FindByVerifiableAddressAsync("email", "a\"da@example.org", CancellationToken.None)))!.Id.ShouldBe(ada);
        var other = (await FindAsync(s => s.FindAsync(bob, withCredentials: true, CancellationToken.None))).ShouldNotBeNull();
        (other.State, other.VerifiableAddresses.Count, other.RecoveryAddresses.Count).ShouldBe((IdentityState.Inactive, 0, 0));
        // What refers to an identity still goes with it.
        (await store.WriteAsync((scope, token) => scope.Identities.DeleteAsync(ada, token), CancellationToken.None)).ShouldBeTrue();
        await using var after = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        (await after.ExecuteScalarAsync<long>("SELECT (SELECT COUNT(*) FROM sessions) + (SELECT COUNT(*) FROM credentials) + (SELECT COUNT(*) FROM addresses)")).ShouldBe(0);

        Task<Identity?> FindAsync(Func<IIdentityStore, Task<Identity?>> find) => store.ReadAsync((scope, _) => find(scope.Identities), CancellationToken.None);

        static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    [Test]
    public async Task Migrate_ADatabaseWithDanglingRows_StopsWithASentence()
    {
        await using (var older = new SqliteStore(_folder.Options(), TimeProvider.System, [.. Migration.Embedded().Where(m => m.Version < 6)]))
            await older.InitializeAsync(CancellationToken.None);
        await using (var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False;Foreign Keys=False"))
            await db.ExecuteAsync("INSERT INTO credentials (identity_id, type, config, version, position, created_at, updated_at) VALUES ('nobody', 'password', '{}', 0, 0, 1, 1)");
        await using var store = _folder.Open();
        var error = await Should.ThrowAsync<InvalidOperationException>(() => store.InitializeAsync(CancellationToken.None));
        error.Message.ShouldContain("Table credentials of the database has rows that refer to rows of identities");
        await using var unchanged = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        (await unchanged.ExecuteScalarAsync<long>("SELECT MAX(version) FROM schema_migrations")).ShouldBe(5);
    }

    [Test]
    public void Hash_DoesNotDependOnLineEnds() => new Migration(1, "x", "a\r\nb").Hash.ShouldBe(new Migration(1, "x", "a\nb").Hash);
}
