using Microsoft.Extensions.Configuration;
using Selfservice.Composition;
using Selfservice.Persistence;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in SQLite.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>
    /// Keeps everything in a SQLite database, made on first start. It lies where the connection string <c>ConnectionStrings:Selfservice</c> says, else where code says,
    /// else in <c>selfservice.db</c> in the working directory.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code.</param>
    public static SelfserviceBuilder UseSqlite(this SelfserviceBuilder builder, Action<SqliteOptions>? configure = null)
    {
        builder.Services.AddSqliteStore(configure);
        builder.Services.AddOptions<SqliteOptions>().PostConfigure<IServiceProvider>((options, provider) =>
        {
            if (!options.Temporary && provider.GetService<IConfiguration>()?["ConnectionStrings:Selfservice"] is { Length: > 0 } connection)
                options.ConnectionString = connection;
        });
        return builder;
    }
}
