using Microsoft.AspNetCore.Builder;

namespace Selfservice.Hosting.Tests.Configuration;

public sealed class WrongConfigurationTests
{
    [TestCase("Development", "Flows:Login:Lifespann", "1h", "Selfservice:Flows:Login:Lifespann")]
    [TestCase("Development", "PublicUrl", "not a url", "Selfservice:PublicUrl")]
    [TestCase("Development", "PublicUrl", "https://login.example.org/", "Selfservice:PublicUrl")]
    [TestCase("Development", "Flows:Login:UiUrl", "//evil.example", "Selfservice:Flows:Login:UiUrl")]
    [TestCase("Development", "Flows:Registration:After:Password:Hooks:0:Hook", "sesion", "sesion")]
    [TestCase("Development", "Flows:Login:Lifespan", "soon", "Selfservice:Flows:Login:Lifespan")]
    [TestCase("Development", "Secrets:Cookie:0", "short", "Selfservice:Secrets:Cookie")]
    [TestCase("Development", "Flows:Login:After:Pasword:Hooks:0:Hook", "revoke_active_sessions", "pasword")]
    [TestCase("Development", "Flows:Login:After:DefaultBrowserReturnUrll", "/", "Selfservice:Flows:Login:After:DefaultBrowserReturnUrll")]
    [TestCase("Development", "Flows:Login:Style", "7", "Selfservice:Flows:Login:Style")]
    [TestCase("Production", "Secrets:Default:0", "a-random-text-of-at-least-32-characters", "Selfservice:PublicUrl is not set")]
    [TestCase("Production", "PublicUrl", "https://login.example.org", "Selfservice:Secrets:Default is empty")]
    public async Task Start_WithOneWrongSetting_StopsWithOneSentence(string environment, string key, string value, string expected)
    {
        var fault = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var host = await TestHost.StartAsync(environment, (key, value));
        });

        fault.Message.ShouldContain(expected);
        fault.Message.ShouldNotContain("\n");
        fault.Message.ShouldEndWith(".");
    }

    [TestCase("http://login.example.org", null, false)]
    [TestCase("http://login.example.org", "false", true)]
    [TestCase("http://127.0.0.1:5080", null, true)]
    [TestCase("https://login.example.org", null, true)]
    [Property("Checklist", "3.3.1")]
    public async Task Production_WithAPublicUrlInClear_NeedsItSaid(string url, string? secure, bool starts)
    {
        (string, string?)[] settings = [("PublicUrl", url), ("Secrets:Default:0", "a-random-text-of-at-least-32-characters"), ("Cookies:Secure", secure)];
        var start = async () =>
        {
            await using var host = await TestHost.StartAsync("Production", settings);
        };

        if (starts)
            await start.ShouldNotThrowAsync();
        else
            (await start.ShouldThrowAsync<Exception>()).Message.ShouldContain("Selfservice:PublicUrl is http; outside Development give an https URL");
    }

    // A misspelt setting of a third party's options would switch off what it was meant to set; so would one of a type that cannot be bound.
    [Test]
    public async Task Start_WithASettingOfATypeThatIsNotBound_StopsWithOneSentence()
    {
        var fault = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var host = await TestHost.StartAsync("Development", builder => builder.AddOptions<Foreign>("Foreign"), ("Foreign:Share", "0.5"));
        });

        fault.Message.ShouldContain("Selfservice:Foreign:Share can be set in code only; remove the key.");
    }

    public sealed class Foreign
    {
        public double Share { get; set; }
    }

    [Test]
    public async Task Map_WithoutAdding_StopsWithASentence()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        foreach (var map in new Action[] { () => app.MapSelfservice(), () => app.MapSelfserviceFallback(), () => app.MapSelfserviceAdmin("staff") })
            Should.Throw<InvalidOperationException>(map).Message.ShouldContain("call builder.Services.AddSelfservice()");
    }

    [TestCase("*")]
    [TestCase("https://*")]
    [TestCase("https://*:443")]
    [TestCase("https://*.org")]
    [TestCase("https://*example.org")]
    [TestCase("https://example.*")]
    [Property("Checklist", "3.4.2")]
    public async Task Start_WithForeignSitesAndCredentials_StopsWithOneSentence(string origin)
    {
        var fault = await Should.ThrowAsync<Exception>(() => StartWithCorsAsync(origin, credentials: true));

        fault.Message.ShouldContain($"AllowedOrigins has \"{origin}\"");
        fault.Message.ShouldNotContain("\n");
        fault.Message.ShouldEndWith(".");
    }

    [TestCase("*", false)]
    [TestCase("https://*.example.org", true)]
    [TestCase("https://preview-*.example.org:8443", true)]
    [TestCase("http://localhost:*", true)]
    [TestCase("https://example.org", true)]
    public async Task Start_WithBoundOrigins_Works(string origin, bool credentials) => await Should.NotThrowAsync(() => StartWithCorsAsync(origin, credentials));

    private static async Task StartWithCorsAsync(string origin, bool credentials)
    {
        await using var host = await TestHost.StartAsync(
            "Development", ("Serve:Public:Cors:Enabled", "true"), ("Serve:Public:Cors:AllowedOrigins:0", origin), ("Serve:Public:Cors:AllowCredentials", credentials ? "true" : "false"));
    }
}
