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

    public async Task<ErrorRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "SELECT document AS Document, created_at AS CreatedAt FROM errors WHERE id = @Id";
        var row = await scope.Use(cancellationToken).Db.QuerySingleOrDefaultAsync<Row>(sql, new { Id = id.Text() }).ConfigureAwait(false);
        return row is null ? null : new ErrorRecord(id, row.Document, row.CreatedAt.ToTime());
    }

    public Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM errors WHERE rowid IN (SELECT rowid FROM errors WHERE created_at < @Before ORDER BY created_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    private sealed class Row
    {
        public byte[] Document { get; init; } = [];

        public long CreatedAt { get; init; }
    }
}
