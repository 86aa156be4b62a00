using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Courier.Delivery;
using Selfservice.Courier.Tests.Delivery;
using Selfservice.Storage;
using Selfservice.Testing.Courier;

namespace Selfservice.Courier.Tests.Web;

/// <summary>A web host with a courier, its administrators' endpoints and, in Development, the page of sent mails. Nothing is sent unless the test says so.</summary>
internal sealed class WebCourier : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebCourier(WebApplication app, FakeTimeProvider clock, TestChannel channel)
    {
        (_app, Clock, Channel) = (app, clock, channel);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Messages = new RecordedMessages(Store);
    }

    public FakeTimeProvider Clock { get; }

    public TestChannel Channel { get; }

    public HttpClient Client { get; }

    public RecordedMessages Messages { get; }

    public IStore Store => _app.Services.GetRequiredService<IStore>();

    public static async Task<WebCourier> StartAsync(string environment = "Development")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Selfservice:PublicUrl"] = "https://app.example.org",
            ["Selfservice:Secrets:Default:0"] = new string('s', 32),
        });
        var (clock, channel) = (new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)), new TestChannel());
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<ICourierChannel>(channel);
        builder.Services.AddSelfservice().UseSqlite(sqlite => sqlite.Temporary = true).AddCourier();
        builder.Services.AddAuthentication().AddSelfservice();
        builder.Services.AddAuthorization(o => o.AddPolicy("anybody", policy => policy.RequireAssertion(_ => true)));
        // The test decides when a message leaves.
        builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(CourierWorker)));
        builder.Services.AddSingleton<CourierWorker>();
        var app = builder.Build();
        app.MapSelfserviceAdmin(environment == "Development" ? null : "anybody");
        if (environment == "Development")
            app.MapSelfserviceSentMail();
        await app.StartAsync();
        return new WebCourier(app, clock, channel);
    }

    public async Task<CourierMessage> PostAsync(string recipient, CourierTemplate template, MessageChannel? channel = null)
    {
        var courier = _app.Services.GetRequiredService<ICourier>();
        var message = (await courier.ComposeAsync(
            new()
            {
                Template = template,
                Channel = channel ?? MessageChannel.Email,
                Recipient = recipient,
                Data = new() { ["verification_code"] = "048151", ["verification_url"] = "https://app.example.org/verification?code=048151&flow=<1>", ["request_url"] = "https://app.example.org/", ["expires_in_minutes"] = 10 },
            },
            CancellationToken.None)).ShouldNotBeNull();
        await Store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Messages.InsertAsync(message, token);
                return true;
            },
            CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(1));
        return message;
    }

    public async Task DeliverAsync()
    {
        var worker = _app.Services.GetRequiredService<CourierWorker>();
        while (await worker.LookAsync(CancellationToken.None) is null)
            await worker.EndAsync();
    }

    public async Task<(int Status, JsonElement Body, string Link)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, JsonElement.Parse(text), response.Headers.TryGetValues("Link", out var link) ? link.Single() : "");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
