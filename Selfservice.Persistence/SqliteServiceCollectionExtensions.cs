using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Storage;

namespace Selfservice.Persistence;

/// <summary>What <c>UseSqlite</c> registers.</summary>
internal static class SqliteServiceCollectionExtensions
{
    /// <summary>Registers the SQLite store as <see cref="IStore"/> and its opening at start. May be called twice: each call's settings apply, nothing is registered twice.</summary>
    public static void AddSqliteStore(this IServiceCollection services, Action<SqliteOptions>? configure)
    {
        var options = services.AddOptions<SqliteOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<SqliteStore>>()));
        services.TryAddSingleton<IStore>(provider => provider.GetRequiredService<SqliteStore>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SqliteInitializer>());
    }
}
