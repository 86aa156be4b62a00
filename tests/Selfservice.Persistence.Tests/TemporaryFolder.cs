using System.Text;
using Selfservice.Flows;
using Selfservice.Storage;

namespace Selfservice.Persistence.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("selfservice-tests-");

    public string Database => Path.Combine(_folder.FullName, "sub", "store.db");

    public SqliteOptions Options(string? database = null) => new() { ConnectionString = $"Data Source={database ?? Database}" };

    public SqliteStore Open(string? database = null) => new(Options(database), TimeProvider.System);

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}

internal static class Flows
{
    public static FlowRecord New(int size = 200) => new()
    {
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Kind = FlowKind.Login,
        ClientType = ClientType.Browser,
        ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1),
        CsrfSecret = new byte[32],
        Document = Encoding.UTF8.GetBytes($"\"{new string('x', size)}\""),
    };

    public static async Task<FlowRecord> InsertAsync(this IStore store, FlowRecord flow)
    {
        await store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Flows.InsertAsync(flow, token);
                return true;
            },
            CancellationToken.None);
        return flow;
    }

    public static Task<FlowRecord?> FindAsync(this IStore store, FlowRecord flow) =>
        store.ReadAsync((scope, token) => scope.Flows.FindAsync(flow.Kind, flow.Id, token), CancellationToken.None);
}
