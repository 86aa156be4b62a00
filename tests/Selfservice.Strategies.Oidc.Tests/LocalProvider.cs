using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A provider of our own on this machine. It behaves, until a test changes one thing about it.</summary>
internal sealed class LocalProvider : IAsyncDisposable
{
    public const string ClientId = "this host";
    public const string ClientSecret = "planted:secret of the client";
    public const string Subject = "subject-1";
    public const string AccessToken = "planted-access-token";
    public const string Code = "planted-code";
    public const string Nonce = "planted-nonce";

    private static readonly SigningKey Usual = new("key-1");

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Grant> _grants = [];

    private LocalProvider(TimeProvider time)
    {
        Time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Issuer { get; private set; } = "";

    public TimeProvider Time { get; set; }

    public SigningKey Key { get; set; } = Usual;

    /// <summary>Requests by their path, as they came; forms besides.</summary>
    public List<(string Path, IReadOnlyDictionary<string, string> Form, string? Authorization)> Requests { get; } = [];

    /// <summary>Changes the discovery document.</summary>
    public Action<JsonObject> Document { get; set; } = _ => { };

    /// <summary>Changes what the ID token says.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Signs the ID token.</summary>
    public Func<string, string>? Sign { get; set; }

    /// <summary>Changes what the token endpoint answers.</summary>
    public Action<JsonObject> Tokens { get; set; } = _ => { };

    /// <summary>Changes what the userinfo endpoint answers.</summary>
    public Action<JsonObject> Userinfo { get; set; } = _ => { };

    /// <summary>Answers a path in place of what is usual there; true when it did.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    public static async Task<LocalProvider> StartAsync(TimeProvider time)
    {
        var provider = new LocalProvider(time);
        await provider._app.StartAsync();
        provider.Issuer = provider._app.Urls.Single();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public int Count(string path) => Requests.Count(r => r.Path == path);

    /// <summary>Somebody agrees at the page that a browser was sent to.</summary>
    /// <param name="authorizationUrl">The page.</param>
    /// <param name="claims">Changes what the ID token says of them; null for nothing.</param>
    /// <returns>Where the browser is sent back to. The code in it works once, for who can prove that it was asked for by them.</returns>
    public string Agree(string authorizationUrl, Action<JsonObject>? claims = null)
    {
        var query = QueryHelpers.ParseQuery(new Uri(authorizationUrl).Query);
        var code = "code-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var grant = new Grant(query["nonce"].ToString(), query["redirect_uri"].ToString(), query["code_challenge"].ToString(), claims ?? (_ => { }));
        _grants[code] = grant;
        return QueryHelpers.AddQueryString(grant.RedirectUri, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] });
    }

    public JsonObject IdTokenClaims()
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 600,
            ["nonce"] = Nonce,
            ["email"] = "Somebody@Example.org",
            ["email_verified"] = true,
        };
        Claims(claims);
        return claims;
    }

    public string IdToken() => IdToken(IdTokenClaims());

    private string IdToken(JsonObject claims) => (Sign ?? (text => Key.Sign(text)))(claims.ToJsonString());

    public static string HashOf(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var form = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
        lock (Requests)
            Requests.Add((path, form, context.Request.Headers.Authorization));
        if (await Instead(context))
            return;
        if (path == "/token" && form.GetValueOrDefault("code") is { } code && code != Code)
        {
            await RedeemAsync(context, form, code);
            return;
        }

        var answer = path switch
        {
            "/.well-known/openid-configuration" => Discovery(),
            "/jwks" => new JsonObject { ["keys"] = new JsonArray(Key.Public()) },
            "/token" => TokenAnswer(),
            "/userinfo" => UserinfoAnswer(),
            _ => throw new InvalidOperationException(path),
        };
        await WriteAsync(context, answer.ToJsonString());
    }

    public static async Task WriteAsync(HttpContext context, string body, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }

    private Task RedeemAsync(HttpContext context, Dictionary<string, string> form, string code)
    {
        if (!_grants.TryRemove(code, out var grant)
            || grant.RedirectUri != form.GetValueOrDefault("redirect_uri")
            || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form.GetValueOrDefault("code_verifier") ?? ""))))
            return WriteAsync(context, """{"error":"invalid_grant"}""", StatusCodes.Status400BadRequest);
        var claims = IdTokenClaims();
        claims["nonce"] = grant.Nonce;
        grant.Claims(claims);
        var answer = TokenAnswer();
        answer["id_token"] = IdToken(claims);
        return WriteAsync(context, answer.ToJsonString());
    }

    private JsonObject Discovery()
    {
        var document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + "/auth",
            ["token_endpoint"] = Issuer + "/token",
            ["userinfo_endpoint"] = Issuer + "/userinfo",
            ["jwks_uri"] = Issuer + "/jwks",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256", "HS256", "none"),
        };
        Document(document);
        return document;
    }

    private JsonObject TokenAnswer()
    {
        var answer = new JsonObject { ["access_token"] = AccessToken, ["refresh_token"] = "planted-refresh-token", ["token_type"] = "Bearer", ["id_token"] = IdToken() };
        Tokens(answer);
        return answer;
    }

    private JsonObject UserinfoAnswer()
    {
        var answer = new JsonObject { ["sub"] = Subject, ["name"] = "Somebody" };
        Userinfo(answer);
        return answer;
    }

    /// <summary>What is waited for after somebody agreed.</summary>
    private sealed record Grant(string Nonce, string RedirectUri, string Challenge, Action<JsonObject> Claims);
}
