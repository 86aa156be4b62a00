using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Selfservice.Courier.Tests.Web;

public sealed class SentMailPageTests
{
    [Test]
    public async Task Page_ShowsCodesLinksAndBothParts()
    {
        await using var host = await WebCourier.StartAsync();
        var mail = await host.PostAsync("ada@example.org", CourierTemplate.VerificationCodeValid);
        await host.PostAsync("+491701234567", CourierTemplate.VerificationCodeValid, MessageChannel.Sms);
        using var response = await host.Client.GetAsync(new Uri("/dev/mail", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("Use code 048151 to verify your account");
        page.ShouldContain("<code>048151</code>");
        page.ShouldContain("href=\"https://app.example.org/verification?code=048151&amp;flow=&lt;1&gt;\"");
        page.ShouldContain("&#x2B;491701234567");
        // The attribute without a value takes every right away.
        page.ShouldMatch($"<iframe [^>]*sandbox(=\"\")? [^>]*src=\"/dev/mail/{mail.Id}/html\"");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("; frame-src 'self'");

        using var html = await host.Client.GetAsync(new Uri($"/dev/mail/{mail.Id}/html", UriKind.Relative));
        (await html.Content.ReadAsStringAsync()).ShouldContain("<p class=\"code\">048151</p>");
        html.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox; default-src 'none'");
    }

    /// <summary>A developer's machine is on a network too: whoever else reaches the port must not read codes.</summary>
    [TestCase("X-Forwarded-For")]
    [TestCase("Forwarded")]
    public async Task Page_ForOtherMachines_IsNotThere(string header)
    {
        await using var host = await WebCourier.StartAsync();
        var mail = await host.PostAsync("ada@example.org", CourierTemplate.VerificationCodeValid);
        host.Client.DefaultRequestHeaders.Add(header, "203.0.113.7");
        foreach (var path in new[] { "/dev/mail", $"/dev/mail/{mail.Id}/html" })
        {
            using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
            ((int)response.StatusCode).ShouldBe(404);
        }
    }

    [Test]
    public void Page_OutsideDevelopment_StopsTheHost()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        using IHost app = builder.Build();
        Should.Throw<InvalidOperationException>(() => ((WebApplication)app).MapSelfserviceSentMail())
            .Message.ShouldContain("Development only");
    }

    [Test]
    public async Task RecordedMessages_GiveCodeAndLinkOfTheNewest()
    {
        await using var host = await WebCourier.StartAsync();
        await host.PostAsync("ada@example.org", CourierTemplate.VerificationCodeValid);
        (await host.Messages.LastCodeForAsync("ada@example.org")).ShouldBe("048151");
        (await host.Messages.LastLinkForAsync("ada@example.org")).ShouldBe("https://app.example.org/verification?code=048151&flow=<1>");
        await host.PostAsync("ada@example.org", CourierTemplate.VerificationInvalid);
        (await Should.ThrowAsync<InvalidOperationException>(() => host.Messages.LastCodeForAsync("ada@example.org"))).Message.ShouldContain("has no code");
        (await Should.ThrowAsync<InvalidOperationException>(() => host.Messages.LastLinkForAsync("eve@example.org"))).Message.ShouldContain("No message to eve@example.org");
        (await host.Messages.MessagesToAsync("ada@example.org")).Count.ShouldBe(2);
    }
}
