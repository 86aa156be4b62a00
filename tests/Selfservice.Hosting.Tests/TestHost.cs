using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selfservice.Composition;

namespace Selfservice.Hosting.Tests;

/// <summary>The suite in a real server on a port of its own, with a database that ends with it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestHost(WebApplication app, TestClock clock, CapturedLogs logs) => (_app, Clock, Logs, Url) = (app, clock, logs, app.Urls.First());

    public string Url { get; }

    public TestClock Clock { get; }

    public CapturedLogs Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Settings that every test host has: one-step registration, and nothing that needs a network.</summary>
    private static Dictionary<string, string?> Defaults => new()
    {
        ["Selfservice:Flows:Registration:Style"] = "unified",
        ["Selfservice:Methods:Password:Config:HaveibeenpwnedEnabled"] = "false",
    };

    public static Task<TestHost> StartAsync(string environment = "Development", params (string Key, string? Value)[] settings) => StartAsync(environment, _ => { }, settings);

    public static Task<TestHost> StartAsync(string environment, Action<SelfserviceBuilder> add, params (string Key, string? Value)[] settings) => StartAsync(environment, add, _ => { }, settings);

    public static async Task<TestHost> StartAsync(string environment, Action<SelfserviceBuilder> add, Action<WebApplication> map, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = environment });
        var values = Defaults;
        foreach (var (key, value) in settings)
            values["Selfservice:" + key] = value;
        builder.Configuration.AddInMemoryCollection(values);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        // The host disposes it with its other providers.
        var logs = new CapturedLogs();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        var clock = new TestClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        add(builder.Services.AddSelfservice().AddOidc().UseSqlite(o => o.Temporary = true));
        var app = builder.Build();
        try
        {
            app.UseRouting();
            map(app);
            app.MapSelfservice();
            app.MapSelfserviceOpenApi();
            if (environment == "Development")
                app.MapSelfserviceAdmin();
            app.MapSelfserviceFallback();
            await app.StartAsync();
            return new TestHost(app, clock, logs);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Client NewClient(Agent agent) => new(Url, agent);

    /// <summary>Everything that administrators see of identities and their sessions, to compare before and after.</summary>
    public async Task<string> RowsAsync()
    {
        using var client = NewClient(Agent.Native);
        var identities = await client.GetAsync("/admin/identities");
        var text = identities.Body;
        foreach (var identity in identities.Json.EnumerateArray())
            text += (await client.GetAsync($"/admin/identities/{identity.GetProperty("id").GetString()}/sessions")).Body;
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}

/// <summary>What the suite's own categories and the clients that it calls others with logged, at every level.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("Selfservice", StringComparison.Ordinal) || category.StartsWith("System.Net.Http", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                logs._lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
        }
    }
}
