using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Courier.Templates;

namespace Selfservice.Courier.Tests.Templates;

public sealed class TemplateTests
{
    private static IEnumerable<TestCaseData> BuiltIn() => TemplateRegistration.BuiltIn.Select(r => new TestCaseData(r.Template, r.Channel).SetArgDisplayNames($"{r.Template}.{r.Channel}"));

    [TestCaseSource(nameof(BuiltIn))]
    public async Task BuiltInTemplate_SaysWhatIsApproved(CourierTemplate template, MessageChannel channel)
    {
        await using var host = new CourierHost();
        var (message, html) = await RenderAsync(host, Draft(template, channel));
        var text = new StringBuilder().Append("Subject: ").Append(message.Subject).Append("\n\n").Append(message.Body);
        if (html is not null)
            text.Append("\n--- HTML ---\n").Append(html.ReplaceLineEndings("\n"));
        text.ToString().ShouldMatchApproved(c => c.WithDiscriminator($"{template}.{channel}").SubFolder("snapshots").WithFileExtension(".txt").NoDiff());
    }

    [TestCaseSource(nameof(BuiltIn))]
    public async Task BuiltInTemplate_EncodesEveryValue(CourierTemplate template, MessageChannel channel)
    {
        await using var host = new CourierHost();
        var draft = Draft(template, channel);
        var evil = new JsonObject(draft.Data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)"\"><script>alert(1)</script>{{ .To }}\r\n\u2029Next")));
        var (message, html) = await RenderAsync(host, draft with { Data = evil });
        (html ?? "").ShouldNotContain("<script>");
        message.Subject.ShouldNotContain('\n');
        message.Body.Split('\n').ShouldNotContain(line => line.StartsWith("Next", StringComparison.Ordinal));
    }

    [Test]
    public async Task Link_ThatIsNoWebAddress_BecomesNothingToPress()
    {
        await using var host = new CourierHost();
        var draft = Draft(CourierTemplate.RecoveryValid, MessageChannel.Email);
        draft.Data["recovery_url"] = "javascript:alert(1)";
        var (_, html) = await RenderAsync(host, draft);
        html.ShouldNotBeNull().ShouldNotContain("href");
    }

    [TestCase("de-AT", "Ihr Code: 048151")]
    [TestCase("DE", "Ihr Code: 048151")]
    [TestCase("den", "Use code 048151 to recover access to your account")]
    [TestCase(null, "Use code 048151 to recover access to your account")]
    public async Task HostsTemplate_OfALanguage_IsUsedForItAndItsRegions(string? culture, string subject)
    {
        await using var host = new CourierHost(configure: builder => builder.UseCourierTemplate<GermanRecoveryMail>(CourierTemplate.RecoveryCodeValid, "de"));
        var (message, html) = await RenderAsync(host, Draft(CourierTemplate.RecoveryCodeValid, MessageChannel.Email) with { Culture = culture });
        message.Subject.ShouldBe(subject);
        if (subject.StartsWith("Ihr", StringComparison.Ordinal))
        {
            message.Body.ShouldBe("Grüße im Jahr 2030! Der Code lautet:\n\n048151");
            html.ShouldNotBeNull().ShouldContain($"lang=\"{culture}\"");
        }
    }

    [Test]
    public async Task HostsTemplate_OfAKindOfItsOwn_IsRendered()
    {
        var invitation = new CourierTemplate("invitation");
        await using var host = new CourierHost(configure: builder => builder.UseCourierTemplate<GermanRecoveryMail>(invitation));
        var (message, _) = await RenderAsync(host, Draft(CourierTemplate.RecoveryCodeValid, MessageChannel.Email) with { Template = invitation });
        message.Subject.ShouldBe("Ihr Code: 048151");
    }

    [Test]
    public async Task ConfiguredTexts_ReplaceThePartsThatTheyName()
    {
        static string Inline(string text) => "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "<b>{{ .RecoveryCode }}</b>");
        await using var host = new CourierHost(new()
        {
            ["Courier:Templates:RecoveryCode:Valid:Email:Subject"] = Inline(" {{ .RecoveryCode }}\n for {{ .To }} "),
            ["Courier:Templates:RecoveryCode:Valid:Email:Body:Html"] = $"file://{file}",
            ["Courier:Templates:RecoveryCode:Valid:Sms:Body:Plaintext"] = Inline("SMS {{ .VerificationCode }}"),
        });
        var (message, html) = await RenderAsync(host, Draft(CourierTemplate.RecoveryCodeValid, MessageChannel.Email));
        File.Delete(file);
        message.Subject.ShouldBe("048151 for ada@example.org");
        message.Body.ShouldStartWith("Somebody asked");
        html.ShouldBe("<b>048151</b>");
        var (sms, none) = await RenderAsync(host, Draft(CourierTemplate.RecoveryCodeValid, MessageChannel.Sms));
        (sms.Subject, sms.Body, none).ShouldBe(("", "SMS 048151", null));
    }

    private static MessageDraft Draft(CourierTemplate template, MessageChannel channel) => new()
    {
        Template = template,
        Channel = channel,
        Recipient = channel == MessageChannel.Sms ? "+491701234567" : "ada@example.org",
        Data = new()
        {
            ["recovery_code"] = "048151",
            ["verification_code"] = "048151",
            ["login_code"] = "048151",
            ["registration_code"] = "048151",
            ["recovery_url"] = "https://app.example.org/self-service/recovery?flow=0&token=a'b",
            ["verification_url"] = "https://app.example.org/self-service/verification?code=048151&flow=0",
            ["expires_in_minutes"] = template == CourierTemplate.RecoveryValid ? 1 : 10,
            ["request_url_domain"] = "app.example.org",
            ["changed_at"] = "2030-01-02T03:04:05Z",
            ["added_at"] = "2030-01-02T03:04:05Z",
        },
    };

    private static async Task<(CourierMessage Message, string? Html)> RenderAsync(CourierHost host, MessageDraft draft)
    {
        var message = (await host.Courier.ComposeAsync(draft, CancellationToken.None)).ShouldNotBeNull();
        return (message, await host.Running.Services.GetRequiredService<MessageRenderer>().RenderHtmlAsync(message));
    }
}
