using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Sessions;

namespace Selfservice.Ui.Tests;

internal sealed class LoginPageTests
{
    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await PageHost.StartAsync();

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Page_WithPasswordFlow_PostsToTheAction()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.PasswordLogin());

        var form = page.One("form");
        form.GetAttribute("action").ShouldBe(Samples.Action);
        form.GetAttribute("method").ShouldBe("POST");
        form.One("input[name=csrf_token]").GetAttribute("value").ShouldBe("csrf");
        page.One("button[type=submit]").GetAttribute("value").ShouldBe("password");
    }

    [Test]
    public async Task Page_HasLanguageTitleLandmarksAndOneHeading()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.PasswordLogin());

        page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        page.Title.ShouldBe("Sign in – Selfservice");
        page.One("main").Id.ShouldBe("content");
        page.One("header");
        page.One("h1").Words().ShouldBe("Sign in");
        page.QuerySelectorAll("[style], script:not([src]), style").ShouldBeEmpty();
    }

    [Test]
    public async Task Page_WithManyWays_ShowsOneIdentifierAndAnOrBetweenThem()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.ManyWaysLogin());

        page.One("input[name=identifier]");
        page.QuerySelectorAll(".ss-or").Length.ShouldBe(3);
        page.QuerySelectorAll("[data-group]").Select(s => s.GetAttribute("data-group")).ShouldBe(["oidc", "password", "passkey", "code"]);
    }

    [Test]
    public async Task Page_WithManyWays_EnterInAFieldSignsInWithThePassword()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.ManyWaysLogin());

        var form = page.QuerySelectorAll("form").Single(f => f.QuerySelector("input[name=password]") is not null);
        form.QuerySelector("button[type=submit]")!.GetAttribute("value").ShouldBe("password");
        form.QuerySelector("button[name=provider]").ShouldBeNull();
    }

    [Test]
    public async Task Page_WithManyWays_OtherWaysAreNotStoppedByEmptyFields()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.ManyWaysLogin());

        page.One("button[value=code]").HasAttribute("formnovalidate").ShouldBeTrue();
        page.One("button[value=password]").HasAttribute("formnovalidate").ShouldBeFalse();
        page.One("input[name=password]").HasAttribute("required").ShouldBeTrue();
    }

    [Test]
    public async Task Page_WithoutScript_HidesWhatNeedsOne()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.ManyWaysLogin());

        var button = page.One("button[name=passkey_login_trigger]");
        button.GetAttribute("type").ShouldBe("button");
        button.GetAttribute("data-onclick-trigger").ShouldBe("oryPasskeyLogin");
        button.ParentElement!.HasAttribute("hidden").ShouldBeTrue();
    }

    [Test]
    public async Task Page_AfterWrongPassword_AlertsKeepsTheIdentifierAndFocusesThePassword()
    {
        var ui = Samples.PasswordLogin();
        ui.SetValue("identifier", "ada@example.com");
        ui.AddMessage(Message.Error(4000006, "The provided credentials are invalid."));

        var page = await _host.ShowAsync(FlowKind.Login, ui);

        page.One("[role=alert]").Words().ShouldBe("Error: The provided credentials are invalid.");
        page.One("input[name=identifier]").GetAttribute("value").ShouldBe("ada@example.com");
        page.One("[autofocus]").GetAttribute("name").ShouldBe("password");
        page.One("[autofocus]").GetAttribute("aria-describedby").ShouldBe("form-messages");
        page.Title.ShouldBe("Error: Sign in – Selfservice");
    }

    [Test]
    public async Task Page_WithFieldErrors_SaysThemAtTheFieldsAndFocusesTheFirst()
    {
        var ui = Samples.PasswordLogin();
        ui.AddMessage("identifier", Message.Error(4000002, "Property identifier is missing."));
        ui.AddMessage("password", Message.Error(4000002, "Property password is missing."));

        var page = await _host.ShowAsync(FlowKind.Login, ui);

        foreach (var name in (string[])["identifier", "password"])
        {
            var input = page.One($"input[name={name}]");
            input.GetAttribute("aria-invalid").ShouldBe("true");
            page.GetElementById(input.GetAttribute("aria-describedby")!)!.Words().ShouldBe("Error: Please fill in this field.");
        }

        page.One("[autofocus]").GetAttribute("name").ShouldBe("identifier");
    }

    [Test]
    public async Task Page_EchoesNoPassword()
    {
        var ui = Samples.PasswordLogin();
        ui.SetValue("password", "hunter2");

        var page = await _host.ShowAsync(FlowKind.Login, ui);

        page.DocumentElement.OuterHtml.ShouldNotContain("hunter2");
    }

    [Test]
    public async Task Page_OfRefresh_SaysSoAndOffersToSignOut()
    {
        _host.Pages.Session = FakeFlowPages.NewSession(1, null, null);

        var page = await _host.ShowAsync(FlowKind.Login, Samples.PasswordLogin(), refresh: true);

        page.One("h1").Words().ShouldBe("Confirm it is you");
        page.QuerySelectorAll(".ss-aside a").Select(a => a.GetAttribute("href")).ShouldBe(["/self-service/logout?token=out"]);
    }

    [Test]
    public async Task Page_OfSecondFactor_GivesEachWayAFormOfItsOwn()
    {
        var ui = Samples.Form(
            Samples.Input(new("totp"), "totp_code", InputType.Text, "", "Authentication code", required: true, autocomplete: "one-time-code"),
            Samples.Submit("totp", "totp", "Use Authenticator"),
            Samples.Input(new("lookup_secret"), "lookup_secret", InputType.Text, "", "Backup recovery code", required: true),
            Samples.Submit("lookup_secret", "lookup_secret", "Use backup recovery code"));

        var page = await _host.ShowAsync(FlowKind.Login, ui, aal: AuthenticatorAssuranceLevel.Aal2);

        page.One("h1").Words().ShouldBe("Second step");
        page.QuerySelectorAll("form").Length.ShouldBe(2);
        page.QuerySelectorAll("form input[name=csrf_token]").Length.ShouldBe(2);
        page.One("input[name=totp_code]").GetAttribute("inputmode").ShouldBe("numeric");
        page.QuerySelectorAll("input[required]").Length.ShouldBe(2);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Link_ForThoseWhoForgotTheirPassword_IsThereWhereRecoveryIs(bool enabled)
    {
        await using var host = await PageHost.StartAsync(services: s => s.Configure<SelfserviceOptions>(o => o.Flows.Recovery.Enabled = enabled));

        var page = await host.ShowAsync(FlowKind.Login, Samples.PasswordLogin(), returnTo: "/here");

        page.QuerySelectorAll("a[href='/self-service/recovery/browser?return_to=%2Fhere']").Length.ShouldBe(enabled ? 1 : 0);
    }

    [TestCase(true, true, 1)]
    [TestCase(true, false, 0)]
    [TestCase(false, true, 0)]
    public async Task Link_ToRegistration_IsThereWhereRegistrationIsAndIsShown(bool enabled, bool shown, int links)
    {
        await using var host = await PageHost.StartAsync(o => o.ShowRegistrationLink = shown, s => s.Configure<SelfserviceOptions>(o => o.Flows.Registration.Enabled = enabled));

        var page = await host.ShowAsync(FlowKind.Login, Samples.PasswordLogin());

        page.QuerySelectorAll("a[href^='/self-service/registration/browser']").Length.ShouldBe(links);
    }

    [Test]
    public async Task Link_ToRegistration_KeepsReturnTo()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.PasswordLogin(), returnTo: "https://app.example/a?b=c&d");

        page.One(".ss-aside a").GetAttribute("href").ShouldBe("/self-service/registration/browser?return_to=https%3A%2F%2Fapp.example%2Fa%3Fb%3Dc%26d");
    }
}
