using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Selfservice.Browser.Tests;

/// <summary>Sign-in with two providers, and the steps that tests of it take.</summary>
public abstract class SocialTests : BrowserTests
{
    private OpenIdProviders? _providers;

    private protected OpenIdProviders Providers => _providers!;

    private protected override async Task<IReadOnlyDictionary<string, string?>> PrepareAsync() => (_providers = await OpenIdProviders.OfThisRunAsync()).Settings;

    /// <summary>Says at the provider who one is.</summary>
    private protected static async Task AnswerAsync(IPage page, string email, string name = "Ada Lovelace", bool verified = true, string answer = "continue")
    {
        await Expect(Heading(page)).ToHaveTextAsync("Who are you?");
        await page.Locator("input[name=email]").FillAsync(email);
        await page.Locator("input[name=name]").FillAsync(name);
        await page.Locator("input[name=verified]").SetCheckedAsync(verified);
        await page.Locator($"button[value={answer}]").ClickAsync();
    }

    private protected static Task ChooseAsync(IPage page, string provider) => page.Locator($"button[name=provider][value={provider}]").ClickAsync();

    private protected static async Task SignUpAsync(IPage page, string email, string provider = "first")
    {
        await page.GotoAsync("/registration");
        await ChooseAsync(page, provider);
        await AnswerAsync(page, email);
        await ExpectPathAsync(page, "/welcome");
    }

    private protected static async Task SignInWithAsync(IPage page, string provider, string email)
    {
        await page.GotoAsync("/login");
        await ChooseAsync(page, provider);
        await AnswerAsync(page, email);
    }

    private protected static ILocator Account(IPage page, string name) => page.Locator(".ss-accounts .ss-item").Filter(new() { HasText = name });
}
