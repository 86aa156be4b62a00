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

    private SampleApplication(WebApplication app, DirectoryInfo directory)
    {
        _app = app;
        _directory = directory;
    }

    public string Address => _app.Urls.First();

    public static async Task<SampleApplication> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("selfservice-browser-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = directory.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Selfservice"] = $"Data Source={Path.Combine(directory.FullName, "selfservice.db")};Pooling=False",
            ["Selfservice:Methods:Password:Config:HaveibeenpwnedEnabled"] = "false",
        });
        builder.Services.AddSelfservice();
        var app = builder.Build();
        app.MapSelfservice();
        app.MapSelfserviceUi();
        app.MapGet("/", () => Results.Redirect("/welcome"));
        app.MapSelfserviceFallback();
        await app.StartAsync();
        return new SampleApplication(app, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
