using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Ui.Forms;

namespace Selfservice.Ui.Tests;

internal sealed class SocialPageTests
{
    private static readonly NodeGroup Social = new("oidc");
    private static readonly Dictionary<string, string> Names = new() { ["google"] = "Google", ["acme-1"] = "Acme" };

    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = await PageHost.StartAsync();
        _host.Pages.Session = FakeFlowPages.NewSession(1, null, null);
    }

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [TestCase("/welcome")]
    [TestCase("/account/sessions")]
    public async Task Session_NamesItsProviderAsTheHostDoes(string path)
    {
        _host.Pages.ProviderNames = Names;
        _host.Pages.Session = FakeFlowPages.NewSession(1, null, null) with
        {
            AuthenticationMethods = [new() { Method = "oidc", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = DateTimeOffset.UnixEpoch, Provider = "acme-1" }],
        };

        var page = await _host.GetAsync(path);

        page.One("main").Words().ShouldContain("Acme");
        page.One("main").Words().ShouldNotContain("Acme 1");
    }

    [Test]
    public async Task Button_HasItsLabelAndAMarkThatIsNotRead()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.ManyWaysLogin());

        page.QuerySelectorAll("button.ss-provider").Select(b => b.GetAttribute("value")).ShouldBe(["github", "google"]);
        var github = page.One("button[value=github]");
        github.One("span:not(.ss-provider-mark)").Words().ShouldBe("Sign in with GitHub");
        github.One(".ss-provider-mark").GetAttribute("aria-hidden").ShouldBe("true");
        github.One(".ss-provider-mark svg").GetAttribute("focusable").ShouldBe("false");
        page.One("button[value=google] .ss-provider-mark").Words().ShouldBe("G");
    }

    [TestCase("github", null, "GitHub", "github")]
    [TestCase("github", "github", "GitHub", "github")]
    [TestCase("github-enterprise", "Our GitHub", "Our GitHub", "github")]
    [TestCase("acme-1", "acme-1", "Acme 1", "acme")]
    [TestCase("", null, "?", "")]
    public void Mark_IsChosenByWhatTheIdBeginsWith(string id, string? label, string name, string kind)
    {
        var mark = ProviderMark.Of(id, label);

        (mark.Name, mark.Kind).ShouldBe((name, kind));
    }

    [Test]
    public async Task Registration_WithMissingTraits_NamesTheProviderAndMarksTheField()
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Registration, ProviderNames = Names }, MissingTraits());

        page.One("h1").Words().ShouldBe("Almost done");
        page.One("h1 + .ss-lead").Words().ShouldContain("Acme did not tell us");
        page.QuerySelectorAll("form").Length.ShouldBe(1);
        page.One("button[name=provider]").Words().ShouldBe("Continue with Acme");
        page.One("input[name='traits.name']").GetAttribute("value").ShouldBe("Ada");
        page.One("[aria-invalid=true]").GetAttribute("name").ShouldBe("traits.email");
        page.One("[autofocus]").GetAttribute("name").ShouldBe("traits.email");
        page.QuerySelectorAll(".ss-aside a").Select(a => a.Words()).ShouldBe(["Sign up in another way", "Sign in"]);
    }

    [Test]
    public async Task Login_ThatLinks_SaysWhatIsGoingOnAndWhoseAccountItIs()
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Login, LinksAccount = true, ReturnTo = "/here" }, Linking(Message.Info(
            1010016, "You tried to sign in.", new() { ["provider"] = "Acme", ["duplicate_identifier"] = "ada@example.com", ["available_providers"] = new JsonArray() })));

        page.One("h1").Words().ShouldBe("You have an account already");
        page.One("#form-messages").Words().ShouldBe("ada@example.com belongs to an account here. Sign in to it as before, and Acme is added as another way to sign in.");
        page.One(".ss-who strong").Words().ShouldBe("ada@example.com");
        page.QuerySelectorAll("input[name=identifier]").ShouldAllBe(i => i.GetAttribute("type") == "hidden");
        page.QuerySelectorAll(".ss-or").Length.ShouldBe(1);
        page.One(".ss-aside a").GetAttribute("href").ShouldBe("/self-service/login/browser?return_to=%2Fhere");
    }

    [Test]
    public async Task Login_ThatLinks_StillSaysSoAfterAWrongPassword()
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Login, LinksAccount = true }, Linking(Message.Error(4000006, "The provided credentials are invalid.")));

        page.One("h1").Words().ShouldBe("You have an account already");
        page.One("h1 + .ss-lead").Words().ShouldContain("is then added to it");
        page.One("[role=alert]").Words().ShouldBe("Error: The provided credentials are invalid.");
    }

    [Test]
    public async Task Settings_ListTheProvidersInASectionOfTheirOwn()
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Settings, ProviderNames = Names, LinkedProviders = ["google"] }, Settings());

        page.QuerySelectorAll("h2").Select(h => h.Words()).ShouldBe(["Password", "Linked accounts"]);
        page.QuerySelectorAll(".ss-accounts li").Select(l => l.One(".ss-item-text").Words()).ShouldBe(["Google Linked", "Acme Not linked"]);
        var unlink = page.One("button[name=unlink]");
        (unlink.Words(), unlink.GetAttribute("aria-label"), unlink.GetAttribute("value")).ShouldBe(("Unlink", "Unlink Google", "google"));
        page.One("button[name=link]").GetAttribute("aria-label").ShouldBe("Link Acme");
        page.One("form:has(button[name=link])").One("input[name=csrf_token]");
        page.One("form:has(button[name=link])").QuerySelector("input[name=password]").ShouldBeNull();
    }

    [Test]
    public async Task Settings_ShowTheOnlyWayInWithoutAButton()
    {
        var ui = Samples.Form(LinkButton("link", "acme-1", "Acme"));
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Settings, ProviderNames = Names, LinkedProviders = ["google"] }, ui);

        page.QuerySelectorAll(".ss-accounts li")[0].Words().ShouldBe("G Google Linked, and your only way to sign in");
        page.QuerySelectorAll(".ss-accounts button").Length.ShouldBe(1);
    }

    [Test]
    public async Task Settings_AfterLinking_SaySoBelowTheList()
    {
        var ui = Settings();
        ui.AddMessage(new Message(new(1050001), "Your changes have been saved!", MessageType.Success));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Settings, State = "success", ResultOf = Social, LinkedProviders = ["google"] }, ui);

        page.One(".ss-accounts + [role=status]").HasAttribute("autofocus").ShouldBeTrue();
    }

    [TestCase("Unable to complete OpenID Connect flow because the OpenID Provider returned error \"access_denied\": refused", "The sign-in was cancelled")]
    [TestCase("can not unlink OpenID Connect connection because it is the last remaining first factor credential", "This is your only way to sign in.")]
    public async Task Message_ForDevelopers_IsSaidPlainly(string text, string said)
    {
        var ui = Samples.PasswordLogin();
        ui.AddMessage(Message.Error(4000001, text));

        (await _host.ShowAsync(FlowKind.Login, ui)).One("[role=alert]").Words().ShouldContain(said);
    }

    private static UiContainer MissingTraits()
    {
        var ui = Samples.Form(
            UiNode.Submit(Social, "provider", "acme-1", Message.Info(1040003, "Continue")),
            Samples.Input(NodeGroup.Default, "traits.email", InputType.Email, "", "E-mail", required: true),
            Samples.Input(NodeGroup.Default, "traits.name", InputType.Text, "Ada", "Name"));
        ui.AddMessage("traits.email", Message.Error(4000002, "Property email is missing."));
        return ui;
    }

    private static UiContainer Linking(Message message)
    {
        var ui = Samples.Form(
            UiNode.Submit(Social, "provider", "google", Message.Info(1010018, "Confirm with Google", new() { ["provider"] = "Google" })),
            Samples.Input(NodeGroup.Default, "identifier", InputType.Hidden, "ada@example.com", "E-mail", required: true),
            Samples.Input(Samples.Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "current-password"),
            Samples.Submit("password", "password", "Sign in with password"));
        ui.AddMessage(message);
        return ui;
    }

    private static UiContainer Settings() => Samples.Form(
        Samples.Input(Samples.Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "new-password"),
        Samples.Submit("password", "password", "Save"),
        LinkButton("link", "acme-1", "Acme"),
        LinkButton("unlink", "google", "Google"));

    private static UiNode LinkButton(string name, string id, string label) =>
        UiNode.Submit(Social, name, id, Message.Info(name == "link" ? 1050002 : 1050003, $"{name} {label}", new() { ["provider"] = label }));
}
