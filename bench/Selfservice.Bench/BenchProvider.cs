using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Selfservice.Bench;

/// <summary>The least that is an OpenID provider, in this process, so that its work is not counted as the host's. The code that it takes is the nonce of the sign-in, so it has to keep nothing.</summary>
internal sealed class BenchProvider : IAsyncDisposable
{
    public const string ClientId = "bench";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private BenchProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", context => WriteAsync(context, $$"""
            {"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}/auth","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/jwks",
             "response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
            """));
        _app.MapGet("/jwks", context => WriteAsync(context, KeySet()));
        _app.MapPost("/token", async context =>
        {
            var form = await context.Request.ReadFormAsync();
            await WriteAsync(context, $$"""{"access_token":"a","token_type":"Bearer","id_token":"{{IdToken(form["code"].ToString())}}"}""");
        });
    }

    public string Issuer { get; private set; } = "";

    public static async Task<BenchProvider> StartAsync()
    {
        var provider = new BenchProvider();
        await provider._app.StartAsync();
        provider.Issuer = provider._app.Urls.Single();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    private string KeySet()
    {
        var key = _key.ExportParameters(false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"1","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""";
    }

    private string IdToken(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iss":"{{Issuer}}","sub":"somebody","aud":"{{ClientId}}","iat":{{now}},"exp":{{now + 600}},"nonce":"{{nonce}}","email":"somebody@example.org","email_verified":true}""");
        var text = Base64Url.EncodeToString("""{"alg":"RS256","kid":"1"}"""u8) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
