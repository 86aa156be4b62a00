using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Composition;
using Selfservice.Courier.Delivery;
using Selfservice.Storage;

namespace Selfservice.Courier.Tests;

/// <summary>A host with a courier whose worker runs only when the test says so, on a clock that only the test moves.</summary>
internal sealed class CourierHost : IAsyncDisposable
{
    private readonly IHost _host;

    public CourierHost(Dictionary<string, string?>? settings = null, Action<SelfserviceBuilder>? configure = null, string environment = "Development", string? database = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Selfservice:PublicUrl"] = "https://app.example.org",
            ["Selfservice:Secrets:Default:0"] = new string('s', 32),
            ["Selfservice:Clients:Http:DisallowPrivateIpRanges"] = "false",
        });
        builder.Configuration.AddInMemoryCollection((settings ?? []).Select(s => KeyValuePair.Create($"Selfservice:{s.Key}", s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        var selfservice = builder.Services.AddSelfserviceCore()
            .UseSqlite(sqlite => (sqlite.Temporary, sqlite.ConnectionString) = (database is null, database ?? sqlite.ConnectionString))
            .AddCourier();
        configure?.Invoke(selfservice);
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public CapturedLogs Logs { get; } = new();

    public IHost Running => _host;

    public ICourier Courier => _host.Services.GetRequiredService<ICourier>();

    public CourierWorker Worker => _host.Services.GetServices<IHostedService>().OfType<CourierWorker>().Single();

    public IStore Store => _host.Services.GetRequiredService<IStore>();

    /// <summary>Composes a message and commits it, as a flow does.</summary>
    public async Task<CourierMessage> PostAsync(string recipient = "ada@example.org", CourierTemplate? template = null, MessageChannel? channel = null, JsonObject? data = null)
    {
        var draft = new MessageDraft
        {
            Template = template ?? CourierTemplate.RecoveryCodeValid,
            Channel = channel ?? MessageChannel.Email,
            Recipient = recipient,
            Data = data ?? new() { ["recovery_code"] = "048151", ["verification_code"] = "048151", ["expires_in_minutes"] = 10, ["request_url_domain"] = "app.example.org" },
        };
        var message = (await Courier.ComposeAsync(draft, CancellationToken.None)).ShouldNotBeNull();
        await Store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Messages.InsertAsync(message, token);
                return true;
            },
            CancellationToken.None);
        Courier.Wake();
        return message;
    }

    /// <summary>Sends what is due until nothing is.</summary>
    public async Task DeliverAsync()
    {
        while (await DeliverOnceAsync() is null)
        {
            // There may be more.
        }
    }

    /// <summary>Sends as much of what is due as has a place.</summary>
    public async Task<TimeSpan?> DeliverOnceAsync()
    {
        var wait = await Worker.LookAsync(CancellationToken.None);
        await Worker.EndAsync();
        return wait;
    }

    public async Task<CourierMessage> FindAsync(CourierMessage message) =>
        (await Store.ReadAsync((scope, token) => scope.Messages.FindAsync(message.Id, token), CancellationToken.None)).ShouldNotBeNull();

    public Task<IReadOnlyList<MessageDispatch>> DispatchesAsync(CourierMessage message) =>
        Store.ReadAsync((scope, token) => scope.Messages.ListDispatchesAsync(message.Id, token), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        Logs.Dispose();
    }
}
