using Microsoft.Playwright;

namespace Selfservice.Browser.Tests;

/// <summary>A host per fixture, a browser context per test, and the steps that several tests take.</summary>
public abstract class BrowserTests
{
    protected const string Password = "correct horse 47 battery";

    private const string Scan = """
        async () => (await axe.run(document)).violations.flatMap(v => v.nodes.map(n => `${v.id} ${n.target.join(' ')}: ${n.failureSummary}`))
        """;

    private readonly List<IBrowserContext> _contexts = [];
    private SampleApplication? _application;
    private int _people;

    private protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    private protected ShiftedClock Clock => _application!.Clock;

    private protected string Address => _application!.Address;

    /// <summary>Starts what the host needs, and says how the host is set.</summary>
    private protected virtual Task<IReadOnlyDictionary<string, string?>> PrepareAsync() => Task.FromResult(Settings);

    [OneTimeSetUp]
    public async Task StartHostAsync() => _application = await SampleApplication.StartAsync(await PrepareAsync());

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
        // A machine that runs all tests at once has other things to do, too.
        context.SetDefaultTimeout(30_000);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Fails where axe-core finds something on a page that was opened with <c>bypassCsp</c>.</summary>
    private protected static async Task ScanAsync(IPage page) => (await ViolationsAsync(page)).ShouldBeEmpty();

    private protected static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Content = await NodePackages.AxeAsync() });
        return await page.EvaluateAsync<string[]>(Scan);
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

    /// <summary>The newest mail to an address, as the page of sent mails shows it.</summary>
    private protected async Task<ILocator> MailToAsync(string email)
    {
        var page = await OpenAsync();
        await page.GotoAsync("/dev/mail");
        return page.Locator("li.ss-item").Filter(new() { HasText = $"To {email}," }).First;
    }

    private protected async Task<string> CodeForAsync(string email) => await (await MailToAsync(email)).Locator("code").First.InnerTextAsync();

    private protected async Task<string> LinkForAsync(string email) =>
        await (await MailToAsync(email)).GetByRole(AriaRole.Link).GetAttributeAsync("href") ?? throw new InvalidOperationException($"The mail to {email} has no link.");

    /// <summary>Presses the main button of a section of the settings, or of any other page with one.</summary>
    private protected static Task SubmitAsync(IPage page, string? section = null) =>
        page.Locator(section is null ? "button.ss-primary" : $"[data-group={section}] button.ss-primary").ClickAsync();

    private protected static async Task EnterCodeAsync(IPage page, string code)
    {
        await Code(page).FillAsync(code);
        await SubmitAsync(page);
    }

    private protected static ILocator Code(IPage page) => page.Locator("input[name='code']");

    private protected static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private protected static ILocator Email(IPage page) => page.Locator("input[name='traits.email']:visible");

    private protected static ILocator Identifier(IPage page) => page.Locator("input[name='identifier']:visible");

    private protected static ILocator PasswordField(IPage page) => page.Locator("input[name='password']");

    private protected static Task ExpectPathAsync(IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("^http://[^/]+" + System.Text.RegularExpressions.Regex.Escape(path) + "([?#]|$)"));
}
