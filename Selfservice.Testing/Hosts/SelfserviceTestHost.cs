using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Administration;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Testing.Courier;

namespace Selfservice.Testing.Hosts;

/// <summary>A host of self-service for tests: on a free port of this machine, with a database of its own that ends with it, and a clock that only the test moves.</summary>
public sealed class SelfserviceTestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SelfserviceTestHost(WebApplication app, FakeTimeProvider clock, RecordedLogs logs)
    {
        _app = app;
        Clock = clock;
        Logs = logs;
        Address = new Uri(app.Urls.First());
        Courier = new RecordedMessages(app.Services.GetRequiredService<IStore>());
        Client = NewClient();
    }

    /// <summary>The clock; it stands still until the test moves it.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>The mails and text messages that the host committed; none of them leaves it.</summary>
    public RecordedMessages Courier { get; }

    /// <summary>What the host logged.</summary>
    public RecordedLogs Logs { get; }

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; }

    /// <summary>A client that is not signed in; it keeps no cookies and follows no redirects.</summary>
    public HttpClient Client { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Adds methods and hooks.</param>
    /// <param name="options">Settings made in code; null for none.</param>
    /// <param name="map">
    /// Maps endpoints of the host's own, after those of the contract. Authorization is then there, and where <paramref name="configure"/> added no authentication, so is the scheme of self-service: endpoints with
    /// <c>[Authorize]</c> or <c>RequireAuthorization</c> know the clients of <see cref="SignInAsync(string, CancellationToken)"/>. Null for the contract's endpoints alone, without either.
    /// </param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SelfserviceTestHost> StartAsync(
        Action<SelfserviceBuilder> configure, Action<SelfserviceOptions>? options = null, Action<WebApplication>? map = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var logs = new RecordedLogs();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddSingleton<TimeProvider>(clock);
        configure(builder.Services.AddSelfserviceHosting(options).UseSqlite(sqlite => sqlite.Temporary = true).AddCourier());
        if (map is not null)
            AddAuthorization(builder.Services);
        var app = builder.Build();
        try
        {
            app.MapSelfservice();
            map?.Invoke(app);
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new(app, clock, logs);
        }
        catch
        {
            // A test that expects a refused start leaves no database behind.
            await app.DisposeAsync().ConfigureAwait(false);
            logs.Dispose();
            throw;
        }
    }

    /// <summary>Makes another client that is not signed in; it keeps no cookies and follows no redirects.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    public HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Creates an identity.</summary>
    /// <param name="traits">Its traits, as JSON.</param>
    /// <param name="credentials">Credentials to bring along, as JSON: by type, each with a <c>config</c>; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The identity is refused; the message says why.</exception>
    public async Task<Identity> CreateIdentityAsync(string traits, string? credentials = null, CancellationToken cancellationToken = default)
    {
        var change = new IdentityChange { Traits = Json(traits), Credentials = credentials is null ? null : Json(credentials) };
        var (identity, error) = await Services.GetRequiredService<IdentityAdministration>().CreateAsync(change, cancellationToken).ConfigureAwait(false);
        return identity ?? throw new InvalidOperationException($"The identity was refused: {error?.Message} {error?.Reason}");
    }

    /// <summary>Creates an identity and signs it in.</summary>
    /// <param name="traits">Its traits, as JSON.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A client that carries the session's token.</returns>
    public async Task<HttpClient> SignInAsync(string traits, CancellationToken cancellationToken = default) =>
        await SignInAsync(await CreateIdentityAsync(traits, null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Signs an identity in, as if it had just given its password.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A client that carries the session's token.</returns>
    public async Task<HttpClient> SignInAsync(Identity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var now = Clock.GetUtcNow();
        var token = SessionTokens.New();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            IdentityId = identity.Id,
            ExpiresAt = now + TimeSpan.FromDays(1),
            AuthenticatedAt = now,
            IssuedAt = now,
            AuthenticationMethods = [new() { Method = "password", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = now }],
            Aal = AuthenticatorAssuranceLevel.Aal1,
            Devices = [],
        };
        await Services.GetRequiredService<IStore>().WriteAsync(
            async (scope, stop) =>
            {
                await scope.Sessions.InsertAsync(session, SessionTokens.Hash(token), stop).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var client = NewClient();
        client.DefaultRequestHeaders.Add("X-Session-Token", token);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync().ConfigureAwait(false);
        Logs.Dispose();
    }

    /// <summary>The application adds both middlewares by itself where their services are there.</summary>
    private static void AddAuthorization(IServiceCollection services)
    {
        services.AddAuthorization();
        // A scheme cannot be added twice: a host's own composition may have it.
        if (!services.Any(s => s.ServiceType == typeof(IAuthenticationService)))
            services.AddSelfserviceAuthentication();
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
