using System.Globalization;
using System.Net;

namespace Selfservice.Ui.Tests;

internal sealed class AccountPageTests
{
    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = await PageHost.StartAsync();
        _host.Pages.Session = FakeFlowPages.NewSession(5, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7", traits: new { email = "ada@example.com", name = new { first = "Ada", last = "Lovelace" } });
        _host.Pages.Others.Add(FakeFlowPages.NewSession(1, "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "198.51.100.24", "London, GB"));
    }

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Welcome_SaysWhoAndWhereToGo()
    {
        var page = await _host.GetAsync("/welcome");

        page.One("h1").Words().ShouldBe("Welcome, Ada");
        page.One("main").Words().ShouldContain("ada@example.com");
        page.QuerySelectorAll("nav a").Select(a => a.GetAttribute("href")).ShouldBe(["/welcome", "/settings", "/account/sessions", "/self-service/logout?token=out"]);
        page.One("nav a[aria-current=page]").GetAttribute("href").ShouldBe("/welcome");
    }

    [TestCase("/welcome", "/self-service/login/browser?return_to=HOST%2Fwelcome")]
    [TestCase("/settings", "/self-service/login/browser?return_to=HOST%2Fsettings")]
    [TestCase("/settings?flow=1", "/self-service/login/browser?return_to=HOST%2Fsettings%3Fflow%3D1")]
    [TestCase("/account/sessions", "/self-service/login/browser?return_to=HOST%2Faccount%2Fsessions")]
    public async Task Page_WithoutSession_LeadsToSignIn(string path, string location)
    {
        _host.Pages.Session = null;

        using var response = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe(location.Replace("HOST", Uri.EscapeDataString(_host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)), StringComparison.Ordinal));
    }

    // Who has proven only the first factor is not sent in a circle: what is shown to nobody else is a step away.
    [TestCase("/welcome", "%2Fwelcome")]
    [TestCase("/account/sessions", "%2Faccount%2Fsessions")]
    public async Task Page_BeforeTheSecondFactor_LeadsToIt(string path, string back)
    {
        _host.Pages.NeedsSecondFactor = true;

        using var response = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var own = Uri.EscapeDataString(_host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        response.Headers.Location!.OriginalString.ShouldBe($"/self-service/login/browser?aal=aal2&return_to={own}{back}");
    }

    // The page is in one language, whatever the machine's is.
    [Test]
    public void Time_DoesNotDependOnTheHostsCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.AbbreviatedMonthNames = culture.DateTimeFormat.AbbreviatedMonthGenitiveNames = [.. Enumerable.Repeat("foreign", 12), ""];
        CultureInfo.CurrentCulture = culture;

        Account.SessionWords.Time(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), new PageTexts()).ShouldBe("2 Mar 2026, 09:30 UTC");
    }

    [Test]
    public async Task Sessions_AreListed_WithTheCurrentOneMarked()
    {
        var page = await _host.GetAsync("/account/sessions");

        var items = page.QuerySelectorAll(".ss-item").Select(i => i.Words()).ToList();
        items.Count.ShouldBe(2);
        items[0].ShouldStartWith("Firefox on Linux Current");
        items[1].ShouldBe("Edge on Windows Location: London, GB Address: 198.51.100.24 Signed in 2 Mar 2026, 09:30 UTC Password Sign out");
    }

    [Test]
    public async Task Revoke_WithToken_EndsThatSessionAndSaysSo()
    {
        var page = await _host.GetAsync("/account/sessions");
        var form = page.One("form[action$='/revoke']");
        using var body = new FormUrlEncodedContent(form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)));

        using var response = await _host.Client.PostAsync(new Uri("/account/sessions/revoke", UriKind.Relative), body);

        _host.Pages.Revoked.ShouldBe([_host.Pages.Others[0].Id.ToString()]);
        response.Headers.Location!.OriginalString.ShouldBe("/account/sessions?done=revoked");
        var after = await _host.GetAsync("/account/sessions?done=revoked");
        after.One("[role=status]").Words().ShouldBe("The device was signed out.");
    }

    [TestCase("/account/sessions/revoke")]
    [TestCase("/account/sessions/revoke-others")]
    public async Task Revoke_WithoutTheRightToken_ChangesNothing(string path)
    {
        // A page of somebody else posts the form in the victim's browser: it has the cookie but cannot know the token.
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("id", _host.Pages.Others[0].Id.ToString()), KeyValuePair.Create("csrf_token", "guessed")]);

        using var response = await _host.Client.PostAsync(new Uri(path, UriKind.Relative), body);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _host.Pages.Revoked.ShouldBeEmpty();
        (await response.Content.ReadAsStringAsync()).ShouldContain("Nothing was changed");
    }

    [Test]
    public async Task RevokeOthers_WithToken_EndsThem()
    {
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("csrf_token", FakeFlowPages.Token)]);

        using var response = await _host.Client.PostAsync(new Uri("/account/sessions/revoke-others", UriKind.Relative), body);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        _host.Pages.Revoked.ShouldBe(["others"]);
    }
}
