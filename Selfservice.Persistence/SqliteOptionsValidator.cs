using FluentValidation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Selfservice.Persistence;

internal sealed class SqliteOptionsValidator : AbstractValidator<SqliteOptions>, IValidateOptions<SqliteOptions>
{
    public SqliteOptionsValidator()
    {
        RuleFor(o => o.ConnectionString).Custom((text, context) =>
        {
            if (Complaint(text) is { } complaint)
                context.AddFailure(complaint);
        }).When(o => !o.Temporary);
        RuleFor(o => o.BusyTimeout).InclusiveBetween(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        RuleFor(o => o.IdleReadConnections).InclusiveBetween(1, 256);
        RuleFor(o => o.MaximumGroupSize).InclusiveBetween(1, 10_000);
    }

    public ValidateOptionsResult Validate(string? name, SqliteOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => $"SqliteOptions.{e.PropertyName}: {e.ErrorMessage}"));
    }

    private static string? Complaint(string text)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(text);
        }
        catch (ArgumentException e)
        {
            return $"The connection string cannot be read: {e.Message}";
        }

        if (builder.DataSource.Length == 0)
            return "The connection string names no database. Write 'Data Source=' and the path of a file.";
        if (builder.Mode is SqliteOpenMode.Memory || builder.DataSource.Contains(":memory:", StringComparison.Ordinal))
            return "A database in memory cannot be read while it is written. Use SqliteOptions.InMemory() or set Temporary.";
        return builder.Mode is SqliteOpenMode.ReadOnly ? "The database must be writable. Leave out 'Mode=ReadOnly'." : null;
    }
}
