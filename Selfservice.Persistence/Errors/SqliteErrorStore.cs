using Dapper;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Errors;

internal sealed class SqliteErrorStore(SqliteScope scope) : IErrorStore
{
    public Task InsertAsync(ErrorRecord error, CancellationToken cancellationToken)
    {
        const string sql = "INSERT INTO errors (id, document, created_at) VALUES (@Id, @Document, @CreatedAt)";
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = error.Id.Text(), Document = error.Document.Bytes(), CreatedAt = error.CreatedAt.Milliseconds() });
    }

    public Task<ErrorRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "SELECT document, created_at FROM errors WHERE id = ?1";
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, id);
        return Task.FromResult(row.Step() ? new ErrorRecord(id, row.Bytes(0).ToArray(), row.Time(1)) : null);
    }

    public Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM errors WHERE rowid IN (SELECT rowid FROM errors WHERE created_at < @Before ORDER BY created_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }
}
