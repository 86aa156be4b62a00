using Dapper;
using Microsoft.Data.Sqlite;
using Selfservice.Persistence.Migrations;

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
    public void Hash_DoesNotDependOnLineEnds() => new Migration(1, "x", "a\r\nb").Hash.ShouldBe(new Migration(1, "x", "a\nb").Hash);
}
