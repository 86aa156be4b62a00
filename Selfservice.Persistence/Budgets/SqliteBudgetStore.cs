using System.Security.Cryptography;
using System.Text;
using Dapper;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Budgets;

internal sealed class SqliteBudgetStore(SqliteScope scope) : IBudgetStore
{
    public async Task<bool> TryTakeAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO budgets (key, count, ends_at) VALUES (@Key, 1, @EndsAt)
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN ends_at <= @Now THEN 1 ELSE count + 1 END,
                ends_at = CASE WHEN ends_at <= @Now THEN @EndsAt ELSE ends_at END
            WHERE ends_at <= @Now OR count < @Limit
            """;
        var parameters = new { Key = Key(budget), Now = now.Milliseconds(), EndsAt = (now + budget.Window).Milliseconds(), budget.Limit };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public async Task<bool> TryResetAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string reset = "DELETE FROM budgets WHERE key = @Key AND (ends_at <= @Now OR count < @Limit)";
        const string stays = "SELECT COUNT(*) FROM budgets WHERE key = @Key";
        var db = scope.Use(cancellationToken).Db;
        var parameters = new { Key = Key(budget), Now = now.Milliseconds(), budget.Limit };
        return await db.ExecuteAsync(reset, parameters).ConfigureAwait(false) == 1 || await db.ExecuteScalarAsync<long>(stays, parameters).ConfigureAwait(false) == 0;
    }

    public async Task<int> CountLeftAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "SELECT count FROM budgets WHERE key = @Key AND ends_at > @Now";
        var used = await scope.Use(cancellationToken).Db.ExecuteScalarAsync<long?>(sql, new { Key = Key(budget), Now = now.Milliseconds() }).ConfigureAwait(false);
        return Math.Max(0, budget.Limit - (int)(used ?? 0));
    }

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM budgets WHERE key IN (SELECT key FROM budgets WHERE ends_at < @Before ORDER BY ends_at LIMIT @Limit)";
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    private static byte[] Key(Budget budget) => SHA256.HashData(Encoding.UTF8.GetBytes($"{budget.Purpose}\0{budget.Subject}"));
}
