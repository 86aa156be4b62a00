using Selfservice.Flows;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Flows;

/// <summary>Every submission reads and writes a flow: its statements stay prepared.</summary>
internal sealed class SqliteFlowStore(SqliteScope scope) : IFlowStore
{
    public Task<FlowRecord?> FindAsync(FlowKind kind, Guid id, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT client_type, expires_at, completed_at, csrf_secret, document, context
            FROM flows WHERE id = ?1 AND kind = ?2
            """;
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, id);
        row.Bind(2, kind.Name);
        return Task.FromResult(row.Step() ? Read(row, kind, id) : null);
    }

    public Task InsertAsync(FlowRecord flow, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO flows (id, kind, client_type, expires_at, completed_at, csrf_secret, document, context)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """;
        return WriteAsync(sql, flow, flow.CompletedAt, cancellationToken);
    }

    public Task<bool> UpdateAsync(FlowRecord flow, CancellationToken cancellationToken) => ReplaceAsync(flow, completedAt: null, cancellationToken);

    public Task<bool> CompleteAsync(FlowRecord flow, DateTimeOffset now, CancellationToken cancellationToken) => ReplaceAsync(flow, now, cancellationToken);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM flows WHERE rowid IN (SELECT rowid FROM flows WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)
            """;
        using var run = scope.Use(cancellationToken).Run(sql);
        run.Bind(1, before.Milliseconds());
        run.Bind(2, limit);
        return Task.FromResult(run.Execute());
    }

    private async Task<bool> ReplaceAsync(FlowRecord flow, DateTimeOffset? completedAt, CancellationToken cancellationToken)
    {
        // One conditional statement: of parallel submits only one still finds the flow open.
        const string sql = """
            UPDATE flows SET client_type = ?3, expires_at = ?4, completed_at = ?5, csrf_secret = ?6, document = ?7, context = ?8
            WHERE id = ?1 AND kind = ?2 AND completed_at IS NULL
            """;
        return await WriteAsync(sql, flow, completedAt, cancellationToken).ConfigureAwait(false) == 1;
    }

    private Task<int> WriteAsync(string sql, FlowRecord flow, DateTimeOffset? completedAt, CancellationToken cancellationToken)
    {
        using var run = scope.Use(cancellationToken).Run(sql);
        run.Bind(1, flow.Id);
        run.Bind(2, flow.Kind.Name);
        run.Bind(3, flow.ClientType.Name());
        run.Bind(4, flow.ExpiresAt.Milliseconds());
        run.Bind(5, completedAt.Milliseconds());
        run.Bind(6, flow.CsrfSecret.Span);
        run.Bind(7, flow.Document.Span);
        run.Bind(8, flow.Context.Span);
        return Task.FromResult(run.Execute());
    }

    private static FlowRecord Read(in Statement row, FlowKind kind, Guid id) => new()
    {
        Id = id,
        Kind = kind,
        ClientType = row.Text(0).ToClientType(),
        ExpiresAt = row.Time(1),
        CompletedAt = row.TimeOrNull(2),
        CsrfSecret = row.Bytes(3).ToArray(),
        Document = row.Bytes(4).ToArray(),
        Context = row.Bytes(5).ToArray(),
    };
}
