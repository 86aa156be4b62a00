using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

[TestFixture(ColorScheme.Light, 1280)]
[TestFixture(ColorScheme.Dark, 1280)]
[TestFixture(ColorScheme.Light, 320)]
[TestFixture(ColorScheme.Dark, 320)]
public sealed class SocialAccessibilityTests(ColorScheme scheme, int width) : SocialTests
{
    // Where the pages are to be looked at: a folder for pictures.
    private const string PicturesVariable = "SELFSERVICE_TEST_PICTURES";

    [Test]
    public async Task EntryPages_WithProviders_HaveNoViolation()
    {
        var page = await OpenPageAsync();
        await page.GotoAsync("/login");
        await LookAsync(page, "login");
        await page.GotoAsync("/registration");
        await LookAsync(page, "registration");
        await ChooseAsync(page, "first");
        await AnswerAsync(page, NewEmail(), answer: "refuse");
        await ExpectPathAsync(page, "/registration");
        await LookAsync(page, "refused");
        await ChooseAsync(page, "first");
        await AnswerAsync(page, NewEmail(), verified: false);
        await Expect(Heading(page)).ToHaveTextAsync("Almost done");
        await LookAsync(page, "missing");
    }

    [Test]
    public async Task Settings_WithLinkedAccounts_HaveNoViolation()
    {
        var page = await OpenPageAsync();
        var email = NewEmail();
        await SignUpAsync(page, email);
        await LookAsync(page, "welcome");
        await page.GotoAsync("/settings");
        await LookAsync(page, "only-way");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link Second Works" }).ClickAsync();
        await AnswerAsync(page, email);
        await Expect(page.Locator("[data-group=oidc] [role=status]")).ToContainTextAsync("saved");
        await LookAsync(page, "linked");
    }

    [Test]
    public async Task SignIn_ToTheAccountThatIsThere_HasNoViolation()
    {
        var page = await OpenPageAsync();
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await SignInWithAsync(page, "second", email);
        await Expect(Heading(page)).ToHaveTextAsync("You have an account already");
        await LookAsync(page, "link");
        await PasswordField(page).FillAsync("wrong password 99");
        await page.Locator("button.ss-primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(page, "link-wrong");
    }

    // The pages' policy forbids foreign scripts; the scan alone steps around it.
    private Task<IPage> OpenPageAsync() => OpenAsync(viewport: new() { Width = width, Height = 900 }, scheme: scheme, bypassCsp: true);

    private async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme}-{width}.png"), FullPage = true });
        await ScanAsync(page);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
    }
}
