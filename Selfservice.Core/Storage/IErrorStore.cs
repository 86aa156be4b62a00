namespace Selfservice.Storage;

/// <summary>An error that a browser was sent to, kept so that the page can show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">The error as clients see it, UTF-8 JSON.</param>
/// <param name="CreatedAt">When it happened.</param>
public sealed record ErrorRecord(Guid Id, ReadOnlyMemory<byte> Document, DateTimeOffset CreatedAt);

/// <summary>Keeps errors that browsers were sent to.</summary>
public interface IErrorStore
{
    /// <summary>Adds an error.</summary>
    Task InsertAsync(ErrorRecord error, CancellationToken cancellationToken);

    /// <summary>The error with this id; null without one.</summary>
    Task<ErrorRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> errors from before the given time; answers how many.</summary>
    Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
