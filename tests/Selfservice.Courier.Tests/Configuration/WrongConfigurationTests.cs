using Microsoft.Extensions.Options;

namespace Selfservice.Courier.Tests.Configuration;

/// <summary>A host whose settings are wrong does not start, and one sentence says what to write instead.</summary>
public sealed class WrongConfigurationTests
{
    [TestCase("Courier:Smtp:ConnectionUri", "mail.example.org:587", "ConnectionUri is no connection URI; write smtp://user:password@host:587/")]
    [TestCase("Courier:Smtp:ConnectionUri", "smtp://mail.example.org/?disable_startls=true", "parameter disable_startls")]
    [TestCase("Courier:Smtp:ConnectionUri", "smtp://user:secret@mail.example.org/?disable_starttls=true", "password in clear")]
    [TestCase("Courier:Smtp:FromAddress", "Ada", "FromAddress is \"Ada\"; give an e-mail address.")]
    [TestCase("Courier:Smtp:FromName", "A\r\nBcc: x", "FromName has a control character")]
    [TestCase("Courier:Smtp:LocalName", "a b", "LocalName is \"a b\"")]
    [TestCase("Courier:Smtp:Headers:X-A", "1\r\nBcc: x", "Headers has \"X-A\"")]
    [TestCase("Courier:Smtp:Headers:Subject", "x", "Headers has \"Subject\"")]
    [TestCase("Courier:Smtp:ClientCertPath", "/nowhere.pem", "give a certificate and its key as PEM files")]
    [TestCase("Courier:Smtp:Host", "x", "Courier:Smtp:Host means nothing here")]
    [TestCase("Courier:DeliveryStrategy", "pigeon", "no one of Smtp, Http")]
    [TestCase("Courier:DeliveryStrategy", "http", "Courier:Http:RequestConfig:Url is \"\"; give an absolute http or https URL.")]
    [TestCase("Courier:MessageRetries", "-1", "MessageRetries is -1; it must be between 0 and 100.")]
    [TestCase("Courier:Worker:PullCount", "0", "PullCount is 0")]
    [TestCase("Courier:Worker:PullWait", "0s", "PullWait is 00:00:00")]
    [TestCase("Courier:Channels:0:RequestConfig:Method", "po st", "Channels:0:RequestConfig:Method")]
    [TestCase("Courier:Channels:0:Type", "smtp", "Channels:0 has the id \"sms\" and the type \"smtp\"")]
    [TestCase("Courier:Channels:0:RequestConfig:Headers:Content-Type", "text/plain", "use application/json or application/x-www-form-urlencoded")]
    [TestCase("Courier:Channels:0:RequestConfig:Auth:Type", "oauth", "use basic_auth or api_key")]
    [TestCase("Courier:Channels:0:RequestConfig:Auth:Type", "api_key", "give the name of a header or cookie")]
    [TestCase("Courier:Channels:0:RequestConfig:Body", "https://example.org/body.jsonnet", "must be base64:// with the text or file:// with its path")]
    [TestCase("Courier:Channels:0:RequestConfig:Body", "base64://e", "is no Base64")]
    [TestCase("Courier:Channels:0:RequestConfig:Body", "base64://ewo=", "is no Jsonnet program")]
    [TestCase("Courier:Channels:0:RequestConfig:Body", "file:///nowhere", "names a file that cannot be read")]
    [TestCase("Courier:Templates:Recovery:Valid:Email:Subject", "base64://e3sgaWYgLlRvIH19", "Templates:Recovery:Valid:Email:Subject has \"{{ if .To }}\"; only placeholders")]
    [TestCase("Courier:Templates:Recovery:Valid:Email:Title", "x", "means nothing here")]
    public async Task Host_WithAWrongSetting_SaysHowToMendIt(string key, string value, string sentence)
    {
        await using var host = new CourierHost(new()
        {
            ["Courier:Smtp:ConnectionUri"] = "smtps://user:secret@mail.example.org/",
            ["Courier:Channels:0:Id"] = "sms",
            ["Courier:Channels:0:RequestConfig:Url"] = "https://sms.example.org/send",
            [key] = value,
        });
        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.Running.StartAsync(CancellationToken.None));
        error.Message.ShouldContain(sentence);
        error.Message.ShouldNotContain("secret");
    }

    [Test]
    public async Task Host_OutsideDevelopmentThatVerifiesWithoutServer_DoesNotStart()
    {
        await using var host = new CourierHost(new() { ["Flows:Verification:Enabled"] = "true" }, environment: "Production");
        (await Should.ThrowAsync<OptionsValidationException>(() => host.Running.StartAsync(CancellationToken.None))).Message.ShouldContain("ConnectionUri is not set");
    }
}
