using Microsoft.Playwright;

namespace Selfservice.Browser.Tests;

/// <summary>One browser for all tests; contexts keep them apart.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private const string PathVariable = "SELFSERVICE_TEST_CHROMIUM";
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    internal static IBrowser Browser => s_browser ?? throw new InvalidOperationException("The browser has not been started; the set-up ignores the tests without one.");

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } own ? own : "/usr/bin/chromium";
        if (!File.Exists(path))
            Assert.Ignore($"There is no browser at {path}. Install the package chromium, or name its executable in {PathVariable}.");
        // A machine that runs all tests at once has other things to do, too: 5 seconds, the default, can be one of its breaks.
        Assertions.SetDefaultExpectTimeout(15_000);
        s_playwright = await Playwright.CreateAsync();
        s_browser = await s_playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (s_browser is not null)
            await s_browser.DisposeAsync();
        s_playwright?.Dispose();
        await OpenIdProviders.StopAsync();
        NodePackages.Delete();
    }
}
