using Microsoft.Playwright;

namespace Selfservice.Browser.Tests;

public sealed class NarrowViewportTests : BrowserTests
{
    [TestCase("/login")]
    [TestCase("/registration")]
    [TestCase("/recovery")]
    [TestCase("/verification")]
    [TestCase("/error?id=00000000-0000-0000-0000-000000000000")]
    [TestCase("/welcome")]
    [TestCase("/account/sessions")]
    [TestCase("/settings")]
    public async Task Page_At320Pixels_DoesNotScrollSideways(string path)
    {
        var page = await OpenAsync(viewport: new ViewportSize { Width = 320, Height = 640 });
        if (path is "/welcome" or "/account/sessions" or "/settings")
            await RegisterAsync(page, NewEmail());
        await page.GotoAsync(path);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
    }
}
