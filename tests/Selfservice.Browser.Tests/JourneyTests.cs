using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

[TestFixture(true)]
[TestFixture(false)]
public sealed class JourneyTests(bool script) : BrowserTests
{
    [Test]
    public async Task Registration_InTwoSteps_LandsOnTheWelcomePage()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Welcome");
        await Expect(page.Locator("main")).ToContainTextAsync(email);
    }

    [Test]
    public async Task Registration_BackFromTheSecondStep_KeepsWhatWasTyped()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await SubmitTraitsAsync(page, email);
        await Expect(page.Locator(".ss-step")).ToContainTextAsync("Step 2 of 2");
        await page.Locator("button.ss-back").ClickAsync();
        await Expect(page.Locator(".ss-step")).ToContainTextAsync("Step 1 of 2");
        await Expect(Email(page)).ToHaveValueAsync(email);
        await Expect(page.Locator("input[name='traits.name']")).ToHaveValueAsync("Ada Lovelace");
    }

    [Test]
    public async Task SignOut_ThenSignIn_LandsOnTheWelcomePage()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GotoAsync("/welcome");
        await ExpectPathAsync(page, "/login");
        await SignInAsync(page, email);
        await ExpectPathAsync(page, "/welcome");
    }

    [Test]
    public async Task SignIn_WithAWrongPassword_KeepsTheIdentifierAndFocusesThePassword()
    {
        var page = await OpenAsync(script);
        await page.GotoAsync("/login");
        await SignInAsync(page, "nobody@example.org", "wrong password 99");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("credentials are invalid");
        await Expect(Identifier(page)).ToHaveValueAsync("nobody@example.org");
        await Expect(PasswordField(page)).ToHaveValueAsync("");
        await Expect(PasswordField(page)).ToBeFocusedAsync();
    }

    [Test]
    public async Task Registration_WithAPoorPassword_SaysSoAtTheField()
    {
        var page = await OpenAsync(script);
        await SubmitTraitsAsync(page, NewEmail());
        await PasswordField(page).FillAsync("password");
        await page.Locator("button.ss-primary").ClickAsync();
        await Expect(page.Locator(".ss-field.ss-invalid .ss-field-message.ss-error")).ToHaveCountAsync(1);
        await Expect(PasswordField(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(PasswordField(page)).ToBeFocusedAsync();
    }

    [Test]
    public async Task Registration_WithAnInvalidAddress_KeepsItAndFocusesItsField()
    {
        var page = await OpenAsync(script);
        await page.GotoAsync("/registration");
        await Email(page).FillAsync("someone@nowhere@else");
        await page.Locator("input[name='traits.name']").FillAsync("Ada Lovelace");
        // The browser's own check would keep the form: the server's answer is what is tested.
        await page.Locator("form.ss-form").First.EvaluateAsync("form => { form.noValidate = true; }");
        await page.Locator("button.ss-primary").ClickAsync();
        await Expect(Email(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Email(page)).ToHaveValueAsync("someone@nowhere@else");
        await Expect(page.Locator("input[name='traits.name']")).ToHaveValueAsync("Ada Lovelace");
        await Expect(Email(page)).ToBeFocusedAsync();
    }

    [Test]
    public async Task SignIn_WithReturnTo_FollowsIt()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sessions");
        await ExpectPathAsync(page, "/login");
        await SignInAsync(page, email);
        await ExpectPathAsync(page, "/account/sessions");
    }

    [Test]
    public async Task SignIn_WithAForeignReturnTo_ExplainsThatItIsRefused()
    {
        var page = await OpenAsync(script);
        await page.GotoAsync("/login?return_to=https%3A%2F%2Fforeign.example%2F");
        await ExpectPathAsync(page, "/error");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Sessions_RevokedFromAnotherBrowser_EndsThatSession()
    {
        var first = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(first, email);
        var second = await OpenAsync(script);
        await second.GotoAsync("/login");
        await SignInAsync(second, email);
        await ExpectPathAsync(second, "/welcome");

        await second.GotoAsync("/account/sessions");
        await Expect(second.Locator("li.ss-item")).ToHaveCountAsync(2);
        await second.Locator("form[action$='/revoke'] button").ClickAsync();

        await Expect(second.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out");
        await Expect(second.Locator("li.ss-item")).ToHaveCountAsync(1);
        await first.GotoAsync("/welcome");
        await ExpectPathAsync(first, "/login");
    }

    [Test]
    public async Task SignIn_WithTheKeyboardOnly_Works()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/login");
        await Expect(Identifier(page)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(email);
        await page.Keyboard.PressAsync("Tab");
        await Expect(PasswordField(page)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await ExpectPathAsync(page, "/welcome");
    }
}
