using Dapper;
using Selfservice.Courier;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Courier;

internal sealed class SqliteCourierStore(SqliteScope scope) : ICourierStore
{
    private const string Columns = """
        id AS Id, status AS Status, channel AS Channel, recipient AS Recipient, subject AS Subject, body AS Body, template AS Template, template_data AS TemplateData,
            request_headers AS RequestHeaders, culture AS Culture, send_count AS SendCount, failure_count AS FailureCount, due_at AS DueAt, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    // What is over needs its content no more, and it holds codes and links in clear.
    private const string EndedContent = """
        due_at = NULL, lease_owner = NULL, updated_at = @EndedAt,
            subject = CASE WHEN @KeepContent THEN subject ELSE '' END, body = CASE WHEN @KeepContent THEN body ELSE '' END,
            template_data = CASE WHEN @KeepContent THEN template_data ELSE '{}' END, request_headers = CASE WHEN @KeepContent THEN request_headers END
        """;

    public Task InsertAsync(CourierMessage message, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO courier_messages (id, status, channel, recipient, subject, body, template, template_data, request_headers, culture, send_count, failure_count, due_at, created_at, updated_at)
            VALUES (@Id, @Status, @Channel, @Recipient, @Subject, @Body, @Template, @TemplateData, @RequestHeaders, @Culture, @SendCount, @FailureCount, @DueAt, @CreatedAt, @UpdatedAt)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, MessageRow.Of(message));
    }

    public Task<DateTimeOffset?> FirstDueAsync(IReadOnlyCollection<MessageChannel> except, CancellationToken cancellationToken)
    {
        const string sql = "SELECT MIN(due_at) FROM courier_messages WHERE due_at IS NOT NULL AND channel NOT IN (SELECT value FROM json_each(?1))";
        using var row = scope.Use(cancellationToken).Run(sql);
        row.Bind(1, Names(except));
        _ = row.Step();
        return Task.FromResult(row.TimeOrNull(0));
    }

    public async Task<IReadOnlyList<CourierMessage>> LeaseAsync(string owner, int limit, IReadOnlyCollection<MessageChannel> except, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE courier_messages SET status = 'processing', lease_owner = @Owner, due_at = @Until, send_count = send_count + 1, updated_at = @Now
            WHERE id IN (SELECT id FROM courier_messages WHERE due_at <= @Now AND channel NOT IN (SELECT value FROM json_each(@Except)) ORDER BY due_at, id LIMIT @Limit)
            RETURNING {Columns}
            """;
        var parameters = new { Owner = owner, Limit = limit, Except = Names(except), Now = now.Milliseconds(), Until = until.Milliseconds() };
        var rows = await scope.Use(cancellationToken).Db.QueryAsync<MessageRow>(sql, parameters).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToMessage()).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id)];
    }

    public Task MarkSentAsync(MessageDispatch dispatch, bool keepContent, CancellationToken cancellationToken)
    {
        const string sql = $"UPDATE courier_messages SET status = 'sent', {EndedContent} WHERE id = @MessageId";
        return RecordAsync(sql, dispatch, new { MessageId = dispatch.MessageId.Text(), EndedAt = dispatch.EndedAt.Milliseconds(), KeepContent = keepContent }, cancellationToken);
    }

    public Task<bool> MarkFailedAsync(MessageDispatch dispatch, string owner, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE courier_messages SET status = 'queued', lease_owner = NULL, due_at = @NextAttemptAt, failure_count = failure_count + 1, updated_at = @EndedAt
            WHERE id = @MessageId AND lease_owner = @Owner
            """;
        var parameters = new { MessageId = dispatch.MessageId.Text(), EndedAt = dispatch.EndedAt.Milliseconds(), Owner = owner, NextAttemptAt = nextAttemptAt.Milliseconds() };
        return RecordAsync(sql, dispatch, parameters, cancellationToken);
    }

    public Task<bool> AbandonAsync(MessageDispatch dispatch, string owner, bool keepContent, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE courier_messages SET status = 'abandoned', failure_count = failure_count + 1, {EndedContent} WHERE id = @MessageId AND lease_owner = @Owner
            """;
        var parameters = new { MessageId = dispatch.MessageId.Text(), EndedAt = dispatch.EndedAt.Milliseconds(), Owner = owner, KeepContent = keepContent };
        return RecordAsync(sql, dispatch, parameters, cancellationToken);
    }

    public async Task<CourierMessage?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {Columns} FROM courier_messages WHERE id = @Id";
        return (await scope.Use(cancellationToken).Db.QuerySingleOrDefaultAsync<MessageRow>(sql, new { Id = id.Text() }).ConfigureAwait(false))?.ToMessage();
    }

    public async Task<IReadOnlyList<MessageDispatch>> ListDispatchesAsync(Guid messageId, CancellationToken cancellationToken)
    {
        // A message has a handful; the limit only bounds what a mistake could load.
        const string sql = """
            SELECT id AS Id, message_id AS MessageId, error_code AS ErrorCode, error_message AS ErrorMessage, error_reason AS ErrorReason, ended_at AS EndedAt
            FROM courier_dispatches WHERE message_id = @MessageId ORDER BY ended_at DESC, id DESC LIMIT 1000
            """;
        var rows = await scope.Use(cancellationToken).Db.QueryAsync<DispatchRow>(sql, new { MessageId = messageId.Text() }).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToDispatch())];
    }

    public async Task<IReadOnlyList<CourierMessage>> ListAsync(CourierMessageQuery query, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT {Columns} FROM courier_messages WHERE 1
            {(query.Status is null ? "" : "AND status = @Status")}
            {(query.Recipient is null ? "" : "AND recipient = @Recipient")}
            {(query.After is null ? "" : "AND (created_at, id) < (@CreatedAt, @Id)")}
            ORDER BY created_at DESC, id DESC LIMIT @Limit
            """;
        var parameters = new
        {
            Status = query.Status?.ToWireName(),
            query.Recipient,
            CreatedAt = query.After?.CreatedAt.ToUnixTimeMilliseconds(),
            Id = query.After?.Id.ToString("D"),
            query.Limit,
        };
        return [.. (await scope.Use(cancellationToken).Db.QueryAsync<MessageRow>(sql, parameters).ConfigureAwait(false)).Select(r => r.ToMessage())];
    }

    public Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM courier_messages WHERE rowid IN (SELECT rowid FROM courier_messages WHERE due_at IS NULL AND updated_at < @Before ORDER BY updated_at LIMIT @Limit)
            """;
        return scope.Use(cancellationToken).Db.ExecuteAsync(sql, new { Before = before.Milliseconds(), Limit = limit });
    }

    private static string Names(IReadOnlyCollection<MessageChannel> channels) => JsonColumn.WriteTexts(channels.Select(c => c.Name));

    /// <summary>Changes the message and, only if that changed one, adds the dispatch.</summary>
    private async Task<bool> RecordAsync(string update, MessageDispatch dispatch, object parameters, CancellationToken cancellationToken)
    {
        const string insert = """
            INSERT INTO courier_dispatches (id, message_id, error_code, error_message, error_reason, ended_at) VALUES (@Id, @MessageId, @ErrorCode, @ErrorMessage, @ErrorReason, @EndedAt)
            """;
        var db = scope.Use(cancellationToken).Db;
        return await db.ExecuteAsync(update, parameters).ConfigureAwait(false) == 1 && await db.ExecuteAsync(insert, DispatchRow.Of(dispatch)).ConfigureAwait(false) == 1;
    }
}
