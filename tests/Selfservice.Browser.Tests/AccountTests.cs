using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

[TestFixture(true)]
[TestFixture(false)]
public sealed class AccountTests(bool script) : BrowserTests
{
    private const string NewPassword = "another staple 58 lantern";

    private static ILocator Name(IPage page) => page.Locator("input[name='traits.name']");

    [Test]
    public async Task Verification_FromTheHintOnTheWelcomePage_ProvesTheAddress()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GetByRole(AriaRole.Link, new() { Name = "Verify it now" }).ClickAsync();
        await ExpectPathAsync(page, "/verification");
        await page.Locator("input[name='email']").FillAsync(email);
        await SubmitAsync(page);
        await Expect(Heading(page)).ToHaveTextAsync("Enter the code");
        await Expect(page.Locator(".ss-who")).ToContainTextAsync(email);
        await Expect(Code(page)).ToBeFocusedAsync();
        await EnterCodeAsync(page, await CodeForAsync(email));
        await Expect(Heading(page)).ToHaveTextAsync("Your address is verified");
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await ExpectPathAsync(page, "/welcome");
        await Expect(page.Locator(".ss-tag")).ToHaveTextAsync("verified");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Verify it now" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Verification_ByTheLinkInTheMail_WaitsForTheButton_InAnyBrowser()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        var elsewhere = await OpenAsync(script);
        await elsewhere.GotoAsync(await LinkForAsync(email));
        await Expect(Heading(elsewhere)).ToHaveTextAsync("Verify your address");
        await page.GotoAsync("/welcome");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Verify it now" })).ToHaveCountAsync(1);
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Verify address" }).ClickAsync();
        await Expect(Heading(elsewhere)).ToHaveTextAsync("Your address is verified");
        await page.GotoAsync("/welcome");
        await Expect(page.Locator(".ss-tag")).ToHaveTextAsync("verified");
    }

    [Test]
    public async Task Recovery_ByCode_EndsInSettingsWhereANewPasswordReplacesTheOldOne()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.Locator("input[name='email']").FillAsync(email);
        await SubmitAsync(page);
        await Expect(page.Locator(".ss-who")).ToContainTextAsync(email);
        await EnterCodeAsync(page, await CodeForAsync(email));
        await ExpectPathAsync(page, "/settings");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("recovered your account");
        await PasswordField(page).FillAsync(NewPassword);
        await SubmitAsync(page, "password");
        await Expect(page.Locator("[data-group=password]").GetByRole(AriaRole.Status)).ToContainTextAsync("saved");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/login");
        await SignInAsync(page, email);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("credentials are invalid");
        await SignInAsync(page, email, NewPassword);
        await ExpectPathAsync(page, "/welcome");
    }

    [Test]
    public async Task Recovery_WithAWrongCode_SaysSoAndSendsAnotherToTheSameAddress()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/recovery");
        await page.Locator("input[name='email']").FillAsync(email);
        await SubmitAsync(page);
        var first = await CodeForAsync(email);
        await EnterCodeAsync(page, first == "000000" ? "000001" : "000000");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("code is invalid");
        await Expect(Code(page)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resend code" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Enter the code");
        await EnterCodeAsync(page, await CodeForAsync(email));
        await ExpectPathAsync(page, "/settings");
    }

    [Test]
    public async Task Recovery_OfAnotherAddress_BeginsAgain()
    {
        var page = await OpenAsync(script);
        await page.GotoAsync("/recovery");
        await page.Locator("input[name='email']").FillAsync("typo@example.org");
        await SubmitAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use another address" }).ClickAsync();
        await Expect(page.Locator("input[name='email']")).ToHaveValueAsync("");
    }

    [Test]
    public async Task Settings_WithoutSession_SignsInAndComesBack()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/settings");
        await ExpectPathAsync(page, "/login");
        await SignInAsync(page, email);
        await ExpectPathAsync(page, "/settings");
    }

    [Test]
    public async Task Settings_OfAnotherIdentity_AreNotShown()
    {
        var page = await OpenAsync(script);
        await RegisterAsync(page, NewEmail());
        await page.GotoAsync("/settings");
        var url = page.Url;
        var email = NewEmail();
        await page.Context.ClearCookiesAsync(new() { Name = "selfservice_session" });
        await RegisterAsync(page, email);
        await page.GotoAsync(url);
        await ExpectPathAsync(page, "/settings");
        page.Url.ShouldNotBe(url);
        await Expect(Email(page)).ToHaveValueAsync(email);
    }

    [Test]
    public async Task Settings_WithANewName_SaysSoBesideItsButton()
    {
        var page = await OpenAsync(script);
        await RegisterAsync(page, NewEmail());
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await Name(page).FillAsync("Ada King");
        await SubmitAsync(page, "profile");
        var result = page.Locator("[data-group=profile]").GetByRole(AriaRole.Status);
        await Expect(result).ToContainTextAsync("saved");
        await Expect(result).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Ada King");
    }

    [Test]
    public async Task Settings_WithAPoorPassword_SaysSoAtItsFieldAndChangesNothing()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GotoAsync("/settings");
        await PasswordField(page).FillAsync("password");
        await SubmitAsync(page, "password");
        await Expect(PasswordField(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(PasswordField(page)).ToBeFocusedAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/login");
        await SignInAsync(page, email);
        await ExpectPathAsync(page, "/welcome");
    }

    [Test]
    public async Task Settings_WithANameThatTheSchemaRefuses_KeepsWhatWasTypedAndFocusesTheField()
    {
        var page = await OpenAsync(script);
        await RegisterAsync(page, NewEmail());
        await page.GotoAsync("/settings");
        await Name(page).FillAsync("Ada King");
        await Email(page).FillAsync("someone@nowhere@else");
        // The browser's own check would keep the form: the server's answer is what is tested.
        await page.Locator("[data-group=profile]").EvaluateAsync("section => { section.closest('form').noValidate = true; }");
        await SubmitAsync(page, "profile");
        await Expect(Email(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Email(page)).ToHaveValueAsync("someone@nowhere@else");
        await Expect(Email(page)).ToBeFocusedAsync();
        await Expect(Name(page)).ToHaveValueAsync("Ada King");
    }

    [Test]
    public async Task Settings_LongAfterSignIn_AskForTheOldPasswordAndGoOnWithTheNewOne()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GotoAsync("/settings");
        Clock.Advance(TimeSpan.FromMinutes(20));
        await PasswordField(page).FillAsync(NewPassword);
        await SubmitAsync(page, "password");
        await ExpectPathAsync(page, "/login");
        await Expect(Heading(page)).ToHaveTextAsync("Confirm it is you");
        await PasswordField(page).FillAsync(Password);
        await SubmitAsync(page);
        await ExpectPathAsync(page, "/settings");
        await Expect(page.Locator("[data-group=password]").GetByRole(AriaRole.Status)).ToContainTextAsync("saved");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/login");
        await SignInAsync(page, email, NewPassword);
        await ExpectPathAsync(page, "/welcome");
    }

    [Test]
    public async Task Settings_WithANewAddress_KeepTheOldOneUntilTheNewOneIsProven()
    {
        var page = await OpenAsync(script);
        var (before, after) = (NewEmail(), NewEmail());
        await RegisterAsync(page, before);
        await page.GotoAsync("/settings");
        await Email(page).FillAsync(after);
        await SubmitAsync(page, "profile");
        await ExpectPathAsync(page, "/verification");
        await Expect(page.Locator(".ss-who")).ToContainTextAsync(after);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/welcome");
        await Expect(other.Locator("main")).ToContainTextAsync(before);
        await EnterCodeAsync(page, await CodeForAsync(after));
        await Expect(Heading(page)).ToHaveTextAsync("Your address is verified");
        await other.GotoAsync("/welcome");
        await Expect(other.Locator("main")).ToContainTextAsync(after);
    }
}
