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
