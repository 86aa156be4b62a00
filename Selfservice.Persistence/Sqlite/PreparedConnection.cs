using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// A connection whose commands stay prepared between uses. The driver compiles the text of each new command, which takes longer than most of them run; a command that is used again it
/// only resets. One work at a time uses it, as it does the connection below.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection db) : DbConnection
{
    /// <summary>More than there are queries with a fixed text; those whose text depends on their parameters must not fill the memory.</summary>
    private const int MostKept = 128;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString
    {
        get => db.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => db.Database;

    public override string DataSource => db.DataSource;

    public override string ServerVersion => db.ServerVersion;

    public override ConnectionState State => db.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => throw new NotSupportedException();

    public override void Close() => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new Command(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values)
                command.Dispose();
            _idle.Clear();
        }

        base.Dispose(disposing);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The stores' own texts; values are parameters.")]
    private SqliteCommand Rent(string text)
    {
        if (_idle.Remove(text, out var idle))
            return idle;
        var command = db.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private void Return(SqliteCommand command)
    {
        // Values may be secrets: they go with their use.
        command.Parameters.Clear();
        if (_idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    /// <summary>Stands for the driver's command of its text from the moment that the text is known.</summary>
    private sealed class Command(PreparedConnection owner) : DbCommand
    {
        [SuppressMessage("Usage", "CA2213", Justification = "It goes back to its owner, which disposes it.")]
        private SqliteCommand? _inner;

        [AllowNull]
        public override string CommandText
        {
            get => _inner?.CommandText ?? "";
            set
            {
                GiveBack();
                _inner = owner.Rent(value ?? "");
            }
        }

        public override int CommandTimeout
        {
            get => Inner.CommandTimeout;
            set => Inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set
            {
                if (value != CommandType.Text)
                    throw new NotSupportedException();
            }
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => owner;
            set => throw new NotSupportedException();
        }

        protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => null;
            set
            {
                if (value is not null)
                    throw new NotSupportedException();
            }
        }

        private SqliteCommand Inner => _inner ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery() => Run(static inner => inner.ExecuteNonQuery());

        public override object? ExecuteScalar() => Run(static inner => inner.ExecuteScalar());

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(inner => inner.ExecuteReader(behavior));

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                GiveBack();
            base.Dispose(disposing);
        }

        private T Run<T>(Func<SqliteCommand, T> run)
        {
            try
            {
                return run(Inner);
            }
            catch
            {
                // What failed half way is not used again.
                _inner?.Dispose();
                _inner = null;
                throw;
            }
        }

        private void GiveBack()
        {
            if (_inner is { } inner)
                owner.Return(inner);
            _inner = null;
        }
    }
}
