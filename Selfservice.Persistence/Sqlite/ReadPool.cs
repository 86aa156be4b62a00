using System.Collections.Concurrent;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// Keeps read connections open with what was prepared on them. It has no upper limit that a read would wait at: the driver works on the caller's thread, so there are never more
/// connections than threads for long, and a read inside a read cannot wait for itself.
/// </summary>
internal sealed class ReadPool(DatabaseFile file, int idle) : IDisposable
{
    private readonly ConcurrentStack<StoreConnection> _idle = new();
    private int _count;
    private volatile bool _disposed;

    public StoreConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStore));
        if (!_idle.TryPop(out var connection))
            return file.OpenReader();
        Interlocked.Decrement(ref _count);
        return connection;
    }

    public void Return(StoreConnection connection)
    {
        if (_disposed || Interlocked.Increment(ref _count) > idle)
        {
            if (!_disposed)
                Interlocked.Decrement(ref _count);
            connection.Dispose();
            return;
        }

        _idle.Push(connection);
        if (_disposed)
            Empty();
    }

    public void Dispose()
    {
        _disposed = true;
        Empty();
    }

    private void Empty()
    {
        while (_idle.TryPop(out var connection))
            connection.Dispose();
    }
}
