namespace Selfservice.Hosting.Tests.Configuration;

public sealed class WrongConfigurationTests
{
    [TestCase("Development", "Flows:Login:Lifespann", "1h", "Selfservice:Flows:Login:Lifespann")]
    [TestCase("Development", "PublicUrl", "not a url", "Selfservice:PublicUrl")]
    [TestCase("Development", "PublicUrl", "https://login.example.org/", "Selfservice:PublicUrl")]
    [TestCase("Development", "Flows:Login:UiUrl", "//evil.example", "Selfservice:Flows:Login:UiUrl")]
    [TestCase("Development", "Flows:Registration:After:Password:Hooks:0:Hook", "sesion", "sesion")]
    [TestCase("Development", "Flows:Login:Lifespan", "soon", "Selfservice:Flows:Login:Lifespan")]
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
}
