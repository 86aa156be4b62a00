using Dapper;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Leases;

internal sealed class SqliteLeaseStore(SqliteScope scope) : ILeaseStore
{
    public async Task<bool> TryAcquireAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO leases (name, owner, held_until) VALUES (@Name, @Owner, @Until)
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, held_until = excluded.held_until
            WHERE leases.owner = excluded.owner OR leases.held_until <= @Now
            """;
        var parameters = new { Name = name, Owner = owner, Now = now.Milliseconds(), Until = until.Milliseconds() };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }
}
