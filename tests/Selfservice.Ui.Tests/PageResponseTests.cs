using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

internal sealed class PageResponseTests
{
    [TestCase("/login", "/self-service/login/browser")]
    [TestCase("/registration?return_to=%2Fa&x=1", "/self-service/registration/browser?return_to=%2Fa&x=1")]
    [TestCase("/login?flow=&aal=aal2", "/self-service/login/browser?aal=aal2")]
    public async Task Page_WithoutFlow_StartsOne(string path, string location)
    {
        await using var host = await PageHost.StartAsync();

        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe(location);
    }

    [Test]
    public async Task Page_UnderAPathBase_LinksBelowIt()
    {
        await using var host = await PageHost.StartAsync(pathBase: "/auth");
        host.Pages.Flow = (kind, _) => PageHost.Found(kind, Samples.PasswordLogin());

        var page = await host.GetAsync("/auth/login?flow=1");

        page.One("link[rel=stylesheet]").GetAttribute("href")!.ShouldStartWith("/auth/_content/");
        page.One(".ss-aside a").GetAttribute("href").ShouldBe("/auth/self-service/registration/browser");
    }

    [Test]
    public async Task Page_CarriesSecurityHeaders()
    {
        await using var host = await PageHost.StartAsync();
        var ui = Samples.PasswordLogin();
        ui.Nodes.Add(new UiNode(new("webauthn"), new ScriptAttributes("webauthn_script", "https://id.example/webauthn.js", "sha512-x", "b6f0")));
        host.Pages.Flow = (kind, _) => PageHost.Found(kind, ui, returnTo: "myapp://callback");

        using var response = await host.Client.GetAsync(new Uri("/login?flow=1", UriKind.Relative));

        response.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' 'nonce-b6f0'; form-action 'self' https://id.example myapp: https: http:");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
        response.Headers.GetValues("Cross-Origin-Opener-Policy").Single().ShouldBe("same-origin");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync()).ShouldContain("nonce=\"b6f0\"");
    }

    [Test]
    public async Task Nonce_ThatIsNone_StaysOutOfThePolicy()
    {
        await using var host = await PageHost.StartAsync(o => o.FormActionSources = ["'self'"]);
        var ui = Samples.PasswordLogin();
        ui.Nodes.Add(new UiNode(new("webauthn"), new ScriptAttributes("s", "https://id.example/w.js", "", "x' 'unsafe-inline")));
        host.Pages.Flow = (kind, _) => PageHost.Found(kind, ui);

        using var response = await host.Client.GetAsync(new Uri("/login?flow=1", UriKind.Relative));

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotContain("unsafe");
        policy.ShouldEndWith("form-action 'self'");
    }

    [TestCase("/_content/Selfservice.Ui/selfservice.css", "text/css")]
    [TestCase("/_content/Selfservice.Ui/selfservice.js", "text/javascript")]
    public async Task Asset_IsServedWithoutStaticFileMiddleware(string path, string type)
    {
        await using var host = await PageHost.StartAsync();

        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Test]
    public async Task Error_WithKnownId_IsSaidInPlainWordsWithWaysOn()
    {
        await using var host = await PageHost.StartAsync();
        const string id = "0195a000-0000-7000-8000-000000000099";
        host.Pages.Errors[id] = new() { Code = 403, Id = "security_csrf_violation", Message = "rejected" };

        var page = await host.GetAsync("/error?id=" + id);

        page.One("h1").Words().ShouldBe("We could not check this request");
        page.QuerySelectorAll(".ss-actions a").Select(a => a.GetAttribute("href")).ShouldBe(["/self-service/login/browser", "/"]);
        page.One("details").Words().ShouldContain(id);
    }

    [Test]
    public async Task Error_ThatIsUnknown_IsNotFoundAndRepeatsNothingOfTheUrl()
    {
        await using var host = await PageHost.StartAsync();

        var page = await host.GetAsync("/error?id=call+555-0100", HttpStatusCode.NotFound);

        page.One("h1").Words().ShouldBe("There is nothing here");
        page.DocumentElement.OuterHtml.ShouldNotContain("555");
    }

    [TestCase(500)]
    [TestCase(404)]
    [TestCase(418)]
    public async Task Error_WithoutId_IsExplainedByItsCode(int code)
    {
        await using var host = await PageHost.StartAsync();
        host.Pages.Errors["x"] = new() { Code = code, Message = "raw" };

        var page = await host.GetAsync("/error?id=x");

        page.One("h1").Words().ShouldBe(code == 404 ? "There is nothing here" : "Something went wrong");
    }

    [Test]
    public async Task Texts_CanBeReplacedAndTranslated()
    {
        await using var host = await PageHost.StartAsync(
            o => (o.Language, o.Texts.LoginTitle) = ("de", "Anmelden"), services => services.AddSingleton<IMessageTexts, Shouting>());

        var page = await host.ShowAsync(FlowKind.Login, Samples.PasswordLogin());

        page.DocumentElement.GetAttribute("lang").ShouldBe("de");
        page.One("h1").Words().ShouldBe("Anmelden");
        page.One("label[for=f-password]").Words().ShouldBe("PASSWORD");
    }

    private sealed class Shouting : IMessageTexts
    {
        public string GetText(Message message) => message.Text.ToUpperInvariant();
    }
}
