using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Selfservice.Browser.Tests;

/// <summary>What the sample host composes, on a free port and with a database of its own.</summary>
internal sealed class SampleApplication : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _directory;

    private SampleApplication(WebApplication app, DirectoryInfo directory, ShiftedClock clock)
    {
        _app = app;
        Clock = clock;
        _directory = directory;
    }

    public string Address => _app.Urls.First();

    public ShiftedClock Clock { get; }

    public static async Task<SampleApplication> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var directory = Directory.CreateTempSubdirectory("selfservice-browser-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = directory.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Selfservice"] = $"Data Source={Path.Combine(directory.FullName, "selfservice.db")};Pooling=False",
            ["Selfservice:Methods:Password:Config:HaveibeenpwnedEnabled"] = "false",
            ["Selfservice:Flows:Recovery:Enabled"] = "true",
            ["Selfservice:Flows:Verification:Enabled"] = "true",
            // All people of these tests share one client address.
            ["Selfservice:Security:MessageBudget:PerClient"] = "100000",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        var clock = new ShiftedClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSelfservice().AddOidc();
        var app = builder.Build();
        app.MapSelfservice();
        app.MapSelfserviceUi();
        app.MapSelfserviceSentMail();
        app.MapGet("/", () => Results.Redirect("/welcome"));
        app.MapSelfserviceFallback();
        await app.StartAsync();
        return new SampleApplication(app, directory, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
