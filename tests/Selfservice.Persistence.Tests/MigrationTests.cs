using Dapper;
using Microsoft.Data.Sqlite;
using Selfservice.Persistence.Migrations;
using Selfservice.Sessions;

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
    public void Hash_DoesNotDependOnLineEnds() => new Migration(1, "x", "a\r\nb").Hash.ShouldBe(new Migration(1, "x", "a\nb").Hash);
}
