using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

[TestFixture(true)]
[TestFixture(false)]
public sealed class MailedLinkTests(bool script) : BrowserTests
{
    private protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Selfservice:Methods:Link:Enabled"] = "true",
        ["Selfservice:Flows:Recovery:Use"] = "link",
        ["Selfservice:Flows:Verification:Use"] = "link",
    };

    [Test]
    public async Task RecoveryLink_Opened_ActsOnlyByItsButton()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        var link = await AskForLinkAsync(page, email);

        // A program that looks for harmful mails follows the link first.
        var scanner = await OpenAsync(script);
        await scanner.GotoAsync(link);
        await scanner.GotoAsync(link);

        await page.GotoAsync(link);
        await Expect(Heading(page)).ToHaveTextAsync("Recover your account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recover account" }).ClickAsync();
        await ExpectPathAsync(page, "/settings");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("recovered your account");
    }

    [Test]
    public async Task RecoveryLink_UsedTwice_IsRefusedTheSecondTime()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        var link = await AskForLinkAsync(page, email);
        await page.GotoAsync(link);
        await SubmitAsync(page);
        await ExpectPathAsync(page, "/settings");

        var thief = await OpenAsync(script);
        await thief.GotoAsync(link);
        await SubmitAsync(thief);
        await ExpectPathAsync(thief, "/recovery");
        await Expect(thief.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Test]
    public async Task RecoveryLink_WhileSomebodyElseIsSignedIn_SaysWho()
    {
        var page = await OpenAsync(script);
        var (email, other) = (NewEmail(), NewEmail());
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        var link = await AskForLinkAsync(page, email);
        var theirs = await OpenAsync(script);
        await RegisterAsync(theirs, other);
        var response = await theirs.GotoAsync(link);
        response!.Headers["referrer-policy"].ShouldBe("no-referrer");
        await Expect(theirs.Locator("main")).ToContainTextAsync($"{other} is signed in");
        await theirs.GotoAsync("/welcome");
        await Expect(theirs.Locator("main")).ToContainTextAsync(other);
        await theirs.GotoAsync(link);
        await SubmitAsync(theirs);
        await ExpectPathAsync(theirs, "/settings");
        await Expect(Email(theirs)).ToHaveValueAsync(email);
    }

    [Test]
    public async Task VerificationLink_Opened_ProvesTheAddressByItsButton()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        var link = await LinkForAsync(email);
        await page.GotoAsync(link);
        await Expect(Heading(page)).ToHaveTextAsync("Verify your address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify address" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Your address is verified");
    }

    private async Task<string> AskForLinkAsync(IPage page, string email)
    {
        await page.GotoAsync("/recovery");
        await page.Locator("input[name='email']").FillAsync(email);
        await SubmitAsync(page);
        await Expect(Heading(page)).ToHaveTextAsync("Look into your mail");
        await Expect(page.Locator(".ss-who")).ToContainTextAsync(email);
        return await LinkForAsync(email);
    }
}
