using Microsoft.Playwright;

namespace Selfservice.Browser.Tests;

/// <summary>A host per fixture, a browser context per test, and the steps that several tests take.</summary>
public abstract class BrowserTests
{
    protected const string Password = "correct horse 47 battery";

    private readonly List<IBrowserContext> _contexts = [];
    private SampleApplication? _application;
    private int _people;

    private protected string Address => _application!.Address;

    [OneTimeSetUp]
    public async Task StartHostAsync() => _application = await SampleApplication.StartAsync();

    [OneTimeTearDown]
    public async Task StopHostAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
    }

    [TearDown]
    public async Task CloseContextsAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        _contexts.Clear();
    }

    private protected async Task<IPage> OpenAsync(bool script = true, ViewportSize? viewport = null, ColorScheme scheme = ColorScheme.Light, bool bypassCsp = false)
    {
        var context = await Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Address, JavaScriptEnabled = script, ViewportSize = viewport ?? new() { Width = 1280, Height = 800 }, ColorScheme = scheme, BypassCSP = bypassCsp,
        });
        context.SetDefaultTimeout(10_000);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    private protected string NewEmail() => $"person{++_people}@example.org";

    private protected static async Task SubmitTraitsAsync(IPage page, string email)
    {
        await page.GotoAsync("/registration");
        await Email(page).FillAsync(email);
        await page.Locator("input[name='traits.name']").FillAsync("Ada Lovelace");
        await page.Locator("button.ss-primary").ClickAsync();
        await Assertions.Expect(PasswordField(page)).ToBeVisibleAsync();
    }

    private protected static async Task RegisterAsync(IPage page, string email)
    {
        await SubmitTraitsAsync(page, email);
        await PasswordField(page).FillAsync(Password);
        await page.Locator("button.ss-primary").ClickAsync();
        await ExpectPathAsync(page, "/welcome");
    }

    private protected static async Task SignInAsync(IPage page, string email, string password = Password)
    {
        await Identifier(page).FillAsync(email);
        await PasswordField(page).FillAsync(password);
        await page.Locator("button.ss-primary").ClickAsync();
    }

    private protected static ILocator Email(IPage page) => page.Locator("input[name='traits.email']:visible");

    private protected static ILocator Identifier(IPage page) => page.Locator("input[name='identifier']:visible");

    private protected static ILocator PasswordField(IPage page) => page.Locator("input[name='password']");

    private protected static Task ExpectPathAsync(IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("^http://[^/]+" + System.Text.RegularExpressions.Regex.Escape(path) + "([?#]|$)"));
}
