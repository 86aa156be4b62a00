using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Strategies.Oidc.Providers.Kinds;

namespace Selfservice.Strategies.Oidc.Tests.Kinds;

/// <summary>Answers on this machine what providers' documentation says that they answer. Calls of the Internet end up here, and nowhere else.</summary>
internal sealed class RecordedProvider : IAsyncDisposable
{
    public const string Nonce = "nonce";
    public const string Callback = "https://host.example/self-service/methods/oidc/callback/it";

    private readonly Dictionary<string, Func<Call, string>> _answers = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private HttpClient? _client;

    private RecordedProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public List<Call> Calls { get; } = [];

    public CollectedLog Log { get; } = new();

    public ProviderOptions Settings { get; } = new() { Id = "it", ClientId = "client", ClientSecret = "client-secret" };

    public Dictionary<string, string> Parameters { get; } = [];

    public static async Task<RecordedProvider> StartAsync(string kind)
    {
        var recorded = new RecordedProvider();
        recorded.Settings.Provider = kind;
        await recorded._app.StartAsync();
        return recorded;
    }

    public RecordedProvider On(string call, string answer) => On(call, _ => answer);

    public RecordedProvider On(string call, Func<Call, string> answer)
    {
        _answers[call] = answer;
        return this;
    }

    /// <summary>Speaks OpenID Connect at an issuer.</summary>
    public RecordedProvider OnOpenId(string issuer, string authorization, string token, SigningKey key, string? announced = null)
    {
        var host = issuer["https://".Length..].TrimEnd('/');
        On($"GET {host}/.well-known/openid-configuration", new JsonObject
        {
            ["issuer"] = announced ?? issuer,
            ["authorization_endpoint"] = authorization,
            ["token_endpoint"] = token,
            ["jwks_uri"] = $"https://{host}/keys",
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        }.ToJsonString());
        return On($"GET {host}/keys", new JsonObject { ["keys"] = new JsonArray(key.Public()) }.ToJsonString());
    }

    public string IdToken(SigningKey key, string issuer, string more) =>
        key.Sign($$"""{"iss":"{{issuer}}","aud":"client","iat":{{Time.GetUtcNow().ToUnixTimeSeconds()}},"exp":{{Time.GetUtcNow().ToUnixTimeSeconds() + 600}},"nonce":"{{Nonce}}",{{more}}}""");

    public Provider Provider()
    {
        _client ??= new(new ToThisMachine(new Uri(_app.Urls.Single())));
        var services = new ProviderServices(new(), new(_client, Time, TimeSpan.FromSeconds(30)), Time, Log);
        return ProviderFactory.Make(services, BuiltInKinds.All.Single(k => k.Name == Settings.Provider), Settings, new RuleMapper([]));
    }

    public async Task<ProviderResult<ProviderGrant>> RedeemAsync(string? keep = null) =>
        await Provider().RedeemAsync(new("code", Nonce, "verifier", Callback, keep, Parameters), CancellationToken.None);

    public async Task<ProviderClaims> ClaimsAsync(string? keep = null) => (await RedeemAsync(keep)).Value().Claims;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
        using var reader = new StreamReader(request.Body);
        var call = new Call(
            $"{request.Method} {request.Path.Value![1..]}", request.QueryString.Value!, request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), form, await reader.ReadToEndAsync());
        Calls.Add(call);
        context.Response.StatusCode = _answers.ContainsKey(call.What) ? 200 : 404;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(_answers.TryGetValue(call.What, out var answer) ? answer(call) : "");
    }

    internal sealed record Call(string What, string Query, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Form, string Body);

    private sealed class ToThisMachine(Uri here) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.Scheme.ShouldBe("https");
            request.RequestUri = new(here, $"{request.RequestUri.Host}{request.RequestUri.PathAndQuery}");
            request.Version = HttpVersion.Version11;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
