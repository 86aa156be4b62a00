namespace Selfservice.Persistence;

/// <summary>How the SQLite store finds and uses its database.</summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The connection string of Microsoft.Data.Sqlite. Default <c>Data Source=selfservice.db</c>: a file in the host's working directory, made with its folder on first start and
    /// readable by the host's user only. <c>Mode=Memory</c>, <c>Mode=ReadOnly</c> and <c>:memory:</c> are refused; a database that ends with the store is <see cref="InMemory"/>.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=selfservice.db";

    /// <summary>
    /// How long a write waits while another process holds the database's lock. Default 30 seconds, range 1 millisecond to 10 minutes; after that the waiting writes fail with
    /// <see cref="StoreUnavailableException"/>. Writers of one process never wait for a lock: they share one queue.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many read connections stay open while idle, 1 to 256. Default twice the processors, at least 4; when more reads run at once, further connections are opened and closed.</summary>
    public int IdleReadConnections { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>How many units of work share one commit at most, 1 to 10,000. Default 256.</summary>
    public int MaximumGroupSize { get; set; } = 256;

    /// <summary>
    /// Whether each commit waits until the disk has it (<c>synchronous=FULL</c>). Default false (<c>NORMAL</c>): a crash of the process loses nothing; a loss of power may take back the
    /// last commits, never tear one.
    /// </summary>
    public bool SyncEveryCommit { get; set; }

    /// <summary>Whether the database is private to the store and deleted with it; <see cref="ConnectionString"/> is then ignored. Default false.</summary>
    public bool Temporary { get; set; }

    /// <summary>
    /// Options for tests: a database that nobody else sees and that ends with the store. It is a temporary file that is never flushed, because SQLite's shared in-memory mode knows no
    /// write-ahead log: its readers and its writer lock each other out.
    /// </summary>
    public static SqliteOptions InMemory() => new() { Temporary = true };
}
