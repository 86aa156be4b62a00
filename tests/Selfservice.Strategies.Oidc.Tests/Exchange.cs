using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Strategies.Oidc.Providers.Kinds;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A sign-in at <see cref="LocalProvider"/> that works. A test changes one thing, and it must not work any more.</summary>
internal sealed class Exchange : IAsyncDisposable
{
    public const string Callback = "https://host.example/self-service/methods/oidc/callback/local";
    public const string Verifier = "planted-verifier-0123456789-0123456789-012345";

    private readonly OutboundHttp _http;

    private Exchange(LocalProvider remote, WallClock time, bool mayCallPrivateAddresses)
    {
        (Remote, Time) = (remote, time);
        var shared = new SelfserviceOptions();
        shared.Clients.Http.DisallowPrivateIpRanges = !mayCallPrivateAddresses;
        _http = new(Options.Create(shared));
        Settings = new() { Id = "local", Provider = "generic", IssuerUrl = remote.Issuer, ClientId = LocalProvider.ClientId, ClientSecret = LocalProvider.ClientSecret };
    }

    public LocalProvider Remote { get; }

    public WallClock Time { get; }

    public OidcConfigOptions Config { get; } = new();

    public ProviderOptions Settings { get; }

    public ProviderKind Kind { get; set; } = OpenIdKinds.Generic;

    public Dictionary<string, string> Parameters { get; } = [];

    public CollectedLog Log { get; } = new();

    public Provider Provider => field ??= ProviderFactory.Make(new(Config, new(_http.Client, Time, Config.Timeout), Time, Log), Kind, Settings, new RuleMapper([]));

    public static async Task<Exchange> StartAsync(bool mayCallPrivateAddresses = true)
    {
        var time = new WallClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return new(await LocalProvider.StartAsync(time), time, mayCallPrivateAddresses);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Remote.DisposeAsync();
    }

    public ValueTask<ProviderResult<AuthorizationStart>> StartSignInAsync(bool isReauthentication = false, params (string Name, string Value)[] upstream) => Provider.StartAsync(
        new("planted-state", LocalProvider.Nonce, Verifier, Callback, isReauthentication, upstream.ToDictionary(u => u.Name, u => u.Value)), CancellationToken.None);

    public ValueTask<ProviderResult<ProviderGrant>> RedeemAsync() =>
        Provider.RedeemAsync(new(LocalProvider.Code, LocalProvider.Nonce, Verifier, Callback, null, Parameters), CancellationToken.None);

    /// <summary>The claims of an exchange that works.</summary>
    public async Task<ProviderClaims> ClaimsAsync() => (await RedeemAsync()).Value().Claims;

    /// <summary>The error of one that does not; the log says so in one line, without a secret.</summary>
    public async Task<ErrorObject> ErrorAsync()
    {
        var error = (await RedeemAsync()).Error();
        Log.Lines.Count.ShouldBe(1);
        Log.Lines[0].ShouldNotContain("planted");
        return error;
    }
}

internal static class ProviderResultExtensions
{
    public static T Value<T>(this ProviderResult<T> result) => result switch
    {
        ProviderResult<T>.Success success => success.Value,
        ProviderResult<T>.Failure failure => throw new AssertionException(failure.Error.ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static ErrorObject Error<T>(this ProviderResult<T> result) => result.ShouldBeOfType<ProviderResult<T>.Failure>().Error;
}

internal sealed class CollectedLog : ILogger<Provider>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add($"{formatter(state, exception)}{exception}");
}
