using Dapper;
using Selfservice.Hooks;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.WebHooks;

internal sealed class SqliteWebHookStore(SqliteScope scope) : IWebHookStore
{
    private const string Columns = "id AS Id, target AS Target, body AS Body, attempts AS Attempts, fault AS Fault, due_at AS DueAt, created_at AS CreatedAt";

    public Task InsertAsync(WebHookDelivery delivery, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO webhook_deliveries (id, target, body, attempts, fault, due_at, created_at) VALUES (@Id, @Target, @Body, @Attempts, @Fault, @DueAt, @CreatedAt)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, DeliveryRow.Of(delivery));
    }

    public Task<DateTimeOffset?> FirstDueAsync(IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        const string sql = "SELECT MIN(due_at) FROM webhook_deliveries WHERE due_at IS NOT NULL AND target NOT IN (SELECT value FROM json_each(?1))";
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, JsonColumn.WriteTexts(except));
        _ = row.Step();
        return Task.FromResult(row.TimeOrNull(0));
    }

    public async Task<IReadOnlyList<WebHookDelivery>> LeaseAsync(string owner, int limit, IReadOnlyCollection<string> except, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE webhook_deliveries SET lease_owner = @Owner, due_at = @Until, attempts = attempts + 1
            WHERE id IN (SELECT id FROM webhook_deliveries WHERE due_at <= @Now AND target NOT IN (SELECT value FROM json_each(@Except)) ORDER BY due_at, id LIMIT @Limit)
            RETURNING {Columns}
            """;
        var parameters = new { Owner = owner, Limit = limit, Except = JsonColumn.WriteTexts(except), Now = now.Milliseconds(), Until = until.Milliseconds() };
        var rows = await scope.Use(cancellationToken).Db.QueryAsync<DeliveryRow>(sql, parameters).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToDelivery()).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id)];
    }

    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM webhook_deliveries WHERE id = @Id";
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Id = id.Text() }).ConfigureAwait(false) == 1;
    }

    public async Task<bool> RetryAsync(Guid id, string owner, string fault, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE webhook_deliveries SET lease_owner = NULL, due_at = @NextAttemptAt, fault = @Fault WHERE id = @Id AND lease_owner = @Owner";
        var parameters = new { Id = id.Text(), Owner = owner, Fault = fault, NextAttemptAt = nextAttemptAt.Milliseconds() };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public async Task<bool> AbandonAsync(Guid id, string owner, string fault, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE webhook_deliveries SET lease_owner = NULL, due_at = NULL, ended_at = @Now, fault = @Fault, body = '' WHERE id = @Id AND lease_owner = @Owner
            """;
        var parameters = new { Id = id.Text(), Owner = owner, Fault = fault, Now = now.Milliseconds() };
        return await scope.Use(cancellationToken).Db.ExecuteAsync(sql, parameters).ConfigureAwait(false) == 1;
    }

    public async Task<IReadOnlyList<WebHookDelivery>> ListAbandonedAsync(int limit, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {Columns} FROM webhook_deliveries WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT @Limit";
        return [.. (await scope.Use(cancellationToken).Db.QueryAsync<DeliveryRow>(sql, new { Limit = limit }).ConfigureAwait(false)).Select(r => r.ToDelivery())];
    }

    public Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM webhook_deliveries WHERE rowid IN (SELECT rowid FROM webhook_deliveries WHERE ended_at < @Before ORDER BY ended_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    private sealed class DeliveryRow
    {
        public string Id { get; init; } = "";

        public string Target { get; init; } = "";

        public string Body { get; init; } = "";

        public long Attempts { get; init; }

        public string? Fault { get; init; }

        public long? DueAt { get; init; }

        public long CreatedAt { get; init; }

        public static DeliveryRow Of(WebHookDelivery delivery) => new()
        {
            Id = delivery.Id.Text(),
            Target = delivery.Target,
            Body = delivery.Body,
            Attempts = delivery.Attempts,
            Fault = delivery.Fault,
            DueAt = delivery.DueAt.Milliseconds(),
            CreatedAt = delivery.CreatedAt.Milliseconds(),
        };

        public WebHookDelivery ToDelivery() => new()
        {
            Id = Id.ToId(),
            Target = Target,
            Body = Body,
            Attempts = (int)Attempts,
            Fault = Fault,
            DueAt = DueAt.ToTime(),
            CreatedAt = CreatedAt.ToTime(),
        };
    }
}
