using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

[TestFixture(true)]
[TestFixture(false)]
public sealed class SocialJourneyTests(bool script) : SocialTests
{
    [Test]
    public async Task SignUp_ThenOut_ThenIn_IsTheSameAccount()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await SignUpAsync(page, email);
        await Expect(page.Locator("main")).ToContainTextAsync("Welcome, Ada Lovelace");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GotoAsync("/welcome");
        await ExpectPathAsync(page, "/login");

        await SignInWithAsync(page, "first", email);

        await ExpectPathAsync(page, "/welcome");
        await Expect(page.Locator("main")).ToContainTextAsync(email);
    }

    [Test]
    public async Task SignUp_WithoutAVerifiedAddress_AsksForItAndKeepsTheRest()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await page.GotoAsync("/registration");
        await ChooseAsync(page, "first");
        await AnswerAsync(page, email, "Grace Hopper", verified: false);

        await ExpectPathAsync(page, "/registration");
        await Expect(Heading(page)).ToHaveTextAsync("Almost done");
        await Expect(page.Locator(".ss-field.ss-invalid .ss-field-message")).ToContainTextAsync("Please fill in this field.");
        await Expect(Email(page)).ToBeFocusedAsync();
        await Expect(page.Locator("input[name='traits.name']")).ToHaveValueAsync("Grace Hopper");
        await Email(page).FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue with First Works" }).ClickAsync();
        await AnswerAsync(page, email, "Grace Hopper", verified: false);

        await ExpectPathAsync(page, "/welcome");
        await Expect(page.Locator("main")).ToContainTextAsync(email);
        await Expect(page.Locator("main")).ToContainTextAsync("not verified yet");
    }

    [Test]
    public async Task SignIn_OfSomebodyNew_SignsUp()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await SignInWithAsync(page, "first", email);
        await ExpectPathAsync(page, "/welcome");
        await Expect(page.Locator("main")).ToContainTextAsync(email);
    }

    [Test]
    public async Task SignIn_Refused_SaysSoAndGoesOnElsewhere()
    {
        var page = await OpenAsync(script);
        await page.GotoAsync("/login");
        await ChooseAsync(page, "first");
        await AnswerAsync(page, NewEmail(), answer: "refuse");
        await ExpectPathAsync(page, "/login");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cancelled");
        await Expect(page.Locator("button[name=provider]")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task Settings_LinkAndUnlink_SayWhatCameOfItBesideTheButtons()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.GotoAsync("/settings");
        await Expect(Account(page, "First Works")).ToContainTextAsync("Not linked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link First Works", Exact = true }).ClickAsync();
        await AnswerAsync(page, email);

        await ExpectPathAsync(page, "/settings");
        await Expect(page.Locator("[data-group=oidc] [role=status]")).ToContainTextAsync("saved");
        await Expect(Account(page, "First Works").Locator(".ss-linked")).ToHaveTextAsync("Linked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlink First Works", Exact = true }).ClickAsync();

        await Expect(Account(page, "First Works")).ToContainTextAsync("Not linked");
        await Expect(page.Locator("[data-group=oidc] [role=status]")).ToContainTextAsync("saved");
    }

    [Test]
    public async Task Settings_OfTheOnlyWayIn_OfferNoUnlink()
    {
        var page = await OpenAsync(script);
        await SignUpAsync(page, NewEmail());
        await page.GotoAsync("/settings");
        await Expect(Account(page, "First Works")).ToContainTextAsync("your only way to sign in");
        await Expect(Account(page, "First Works").Locator("button")).ToHaveCountAsync(0);
        await Expect(Account(page, "Second Works").Locator("button")).ToHaveAccessibleNameAsync("Link Second Works");
    }

    [Test]
    public async Task SecondProvider_WithTheSameAddress_AsksForTheFirstAndThenBothWork()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await SignUpAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await SignInWithAsync(page, "second", email);

        await ExpectPathAsync(page, "/login");
        await Expect(Heading(page)).ToHaveTextAsync("You have an account already");
        await Expect(page.Locator(".ss-who")).ToContainTextAsync(email);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Second Works is added");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with First Works" }).ClickAsync();
        await AnswerAsync(page, email);
        await ExpectPathAsync(page, "/welcome");

        foreach (var provider in (string[])["first", "second"])
        {
            await page.Context.ClearCookiesAsync();
            await SignInWithAsync(page, provider, email);
            await ExpectPathAsync(page, "/welcome");
        }

        await page.GotoAsync("/settings");
        await Expect(page.Locator(".ss-accounts .ss-linked")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task Provider_WithTheAddressOfAPassword_AsksForThePasswordFirst()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await SignInWithAsync(page, "first", email);
        await Expect(Heading(page)).ToHaveTextAsync("You have an account already");
        await PasswordField(page).FillAsync("wrong password 99");
        await page.Locator("button.ss-primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("credentials are invalid");
        await Expect(Heading(page)).ToHaveTextAsync("You have an account already");
        await PasswordField(page).FillAsync(Password);
        await page.Locator("button.ss-primary").ClickAsync();
        await ExpectPathAsync(page, "/welcome");

        await page.Context.ClearCookiesAsync();
        await SignInWithAsync(page, "first", email);
        await ExpectPathAsync(page, "/welcome");
    }

    [Test]
    public async Task SignInWithoutLink_LeavesTheAccountAsItWas()
    {
        var page = await OpenAsync(script);
        var email = NewEmail();
        await RegisterAsync(page, email);
        await page.Context.ClearCookiesAsync();
        await SignInWithAsync(page, "first", email);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in without adding anything" }).ClickAsync();
        await SignInAsync(page, email);
        await ExpectPathAsync(page, "/welcome");
        await page.GotoAsync("/settings");
        await Expect(page.Locator(".ss-accounts .ss-linked")).ToHaveCountAsync(0);
    }
}
