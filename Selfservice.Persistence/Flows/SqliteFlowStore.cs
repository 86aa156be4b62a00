using Microsoft.Data.Sqlite;
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
            FROM flows WHERE id = @id AND kind = @kind
            """;
        return Task.FromResult(Read(scope.Use(cancellationToken).Prepared(sql).With("@id", id.Text()).With("@kind", kind.Name), kind, id));
    }

    public Task InsertAsync(FlowRecord flow, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO flows (id, kind, client_type, expires_at, completed_at, csrf_secret, document, context)
            VALUES (@id, @kind, @client_type, @expires_at, @completed_at, @csrf_secret, @document, @context)
            """;
        return WriteAsync(sql, flow, flow.CompletedAt, cancellationToken);
    }

    public Task<bool> UpdateAsync(FlowRecord flow, CancellationToken cancellationToken) => ReplaceAsync(flow, completedAt: null, cancellationToken);

    public Task<bool> CompleteAsync(FlowRecord flow, DateTimeOffset now, CancellationToken cancellationToken) => ReplaceAsync(flow, now, cancellationToken);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM flows WHERE rowid IN (SELECT rowid FROM flows WHERE expires_at < @before ORDER BY expires_at LIMIT @limit)
            """;
        return Task.FromResult(Execute(scope.Use(cancellationToken).Prepared(sql).With("@before", before.Milliseconds()).With("@limit", limit)));
    }

    private async Task<bool> ReplaceAsync(FlowRecord flow, DateTimeOffset? completedAt, CancellationToken cancellationToken)
    {
        // One conditional statement: of parallel submits only one still finds the flow open.
        const string sql = """
            UPDATE flows SET client_type = @client_type, expires_at = @expires_at, completed_at = @completed_at,
                csrf_secret = @csrf_secret, document = @document, context = @context
            WHERE id = @id AND kind = @kind AND completed_at IS NULL
            """;
        return await WriteAsync(sql, flow, completedAt, cancellationToken).ConfigureAwait(false) == 1;
    }

    private Task<int> WriteAsync(string sql, FlowRecord flow, DateTimeOffset? completedAt, CancellationToken cancellationToken) =>
        Task.FromResult(Execute(scope.Use(cancellationToken).Prepared(sql)
            .With("@id", flow.Id.Text())
            .With("@kind", flow.Kind.Name)
            .With("@client_type", flow.ClientType.Name())
            .With("@expires_at", flow.ExpiresAt.Milliseconds())
            .With("@completed_at", completedAt.Milliseconds())
            .With("@csrf_secret", flow.CsrfSecret.Bytes())
            .With("@document", flow.Document.Bytes())
            .With("@context", flow.Context.Bytes())));

    private static int Execute(SqliteCommand command) => command.ExecuteNonQuery();

    private static FlowRecord? Read(SqliteCommand command, FlowKind kind, Guid id)
    {
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return null;
        return new FlowRecord
        {
            Id = id,
            Kind = kind,
            ClientType = reader.GetString(0).ToClientType(),
            ExpiresAt = reader.GetInt64(1).ToTime(),
            CompletedAt = reader.NumberOrNull(2).ToTime(),
            CsrfSecret = reader.GetFieldValue<byte[]>(3),
            Document = reader.GetFieldValue<byte[]>(4),
            Context = reader.GetFieldValue<byte[]>(5),
        };
    }
}
