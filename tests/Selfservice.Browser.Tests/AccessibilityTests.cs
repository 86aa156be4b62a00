using Microsoft.Playwright;

namespace Selfservice.Browser.Tests;

[TestFixture(ColorScheme.Light)]
[TestFixture(ColorScheme.Dark)]
public sealed class AccessibilityTests(ColorScheme scheme) : BrowserTests
{
    [TestCase("/login")]
    [TestCase("/registration")]
    [TestCase("/recovery")]
    [TestCase("/verification")]
    [TestCase("/self-service/recovery?flow=00000000-0000-0000-0000-000000000000&token=any")]
    [TestCase("/login?return_to=https%3A%2F%2Fforeign.example%2F")]
    [TestCase("/error?id=00000000-0000-0000-0000-000000000000")]
    public async Task Page_BeforeSignIn_HasNoViolation(string path)
    {
        var page = await OpenPageAsync();
        await page.GotoAsync(path);
        await ScanAsync(page);
    }

    [Test]
    public async Task Scan_OfAnImageWithoutText_ReportsIt()
    {
        var page = await OpenPageAsync();
        await page.SetContentAsync("<!DOCTYPE html><html lang=en><title>Picture</title><main><h1>Picture</h1><img src='data:,'></main></html>");
        (await ViolationsAsync(page)).ShouldContain(violation => violation.StartsWith("image-alt ", StringComparison.Ordinal));
    }

    [TestCase("/settings")]
    [TestCase("/self-service/recovery?flow=00000000-0000-0000-0000-000000000000&token=any")]
    [TestCase("/welcome")]
    [TestCase("/account/sessions")]
    public async Task Page_AfterSignIn_HasNoViolation(string path)
    {
        var page = await OpenPageAsync();
        var email = NewEmail();
        await RegisterAsync(page, email);
        var other = await OpenPageAsync();
        await other.GotoAsync("/login");
        await SignInAsync(other, email);
        await ExpectPathAsync(other, "/welcome");
        await page.GotoAsync(path);
        await ScanAsync(page);
    }

    [Test]
    public async Task Registration_SecondStepAndItsError_HasNoViolation()
    {
        var page = await OpenPageAsync();
        await SubmitTraitsAsync(page, NewEmail());
        await ScanAsync(page);
        await PasswordField(page).FillAsync("password");
        await page.Locator("button.ss-primary").ClickAsync();
        await Assertions.Expect(PasswordField(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await ScanAsync(page);
    }

    [Test]
    public async Task SignIn_WithWrongCredentials_HasNoViolation()
    {
        var page = await OpenPageAsync();
        await page.GotoAsync("/login");
        await SignInAsync(page, "nobody@example.org", "wrong password 99");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await ScanAsync(page);
    }

    [Test]
    public async Task Recovery_ByCodeToTheSavedPassword_HasNoViolation()
    {
        var page = await OpenPageAsync();
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/recovery");
        await page.Locator("input[name='email']").FillAsync(email);
        await SubmitAsync(page);
        await Assertions.Expect(Code(page)).ToBeVisibleAsync();
        await ScanAsync(page);
        await EnterCodeAsync(page, await CodeForAsync(email));
        await ExpectPathAsync(page, "/settings");
        await ScanAsync(page);
        await PasswordField(page).FillAsync("password");
        await SubmitAsync(page, "password");
        await Assertions.Expect(PasswordField(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await ScanAsync(page);
        await PasswordField(page).FillAsync("another staple 58 lantern");
        await SubmitAsync(page, "password");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("saved");
        await ScanAsync(page);
    }

    [Test]
    public async Task Verification_ToItsEnd_HasNoViolation()
    {
        var page = await OpenPageAsync();
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GotoAsync(await LinkForAsync(email));
        await ScanAsync(page);
        await SubmitAsync(page);
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("Your address is verified");
        await ScanAsync(page);
    }

    // The pages' policy forbids foreign scripts; the scan alone steps around it.
    private Task<IPage> OpenPageAsync() => OpenAsync(scheme: scheme, bypassCsp: true);
}
