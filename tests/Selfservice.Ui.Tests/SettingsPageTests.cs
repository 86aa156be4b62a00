using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

internal sealed class SettingsPageTests
{
    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = await PageHost.StartAsync();
        _host.Pages.Session = FakeFlowPages.NewSession(1, null, null);
    }

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Page_GivesEachGroupAFormOfItsOwn()
    {
        var page = await _host.ShowAsync(FlowKind.Settings, Form());

        page.QuerySelectorAll("h2").Select(h => h.Words()).ShouldBe(["Profile", "Password"]);
        page.QuerySelectorAll("form").Length.ShouldBe(2);
        page.QuerySelectorAll("form input[name=csrf_token]").Length.ShouldBe(2);
        page.One("form:has(input[name=password])").QuerySelector("input[name='traits.name']").ShouldBeNull();
        page.QuerySelectorAll(".ss-or").ShouldBeEmpty();
        page.QuerySelectorAll("button.ss-primary").Length.ShouldBe(2);
    }

    [Test]
    public async Task Page_HasTheNavigationOfTheAccount()
    {
        var page = await _host.ShowAsync(FlowKind.Settings, Form());

        page.QuerySelectorAll("nav a").Select(a => a.Words()).ShouldBe(["Overview", "Settings", "Sessions", "Sign out"]);
        page.One("nav a[aria-current=page]").Words().ShouldBe("Settings");
    }

    [Test]
    public async Task Page_AfterAChange_SaysSoBesideTheButtonThatCausedIt()
    {
        var ui = Form();
        ui.AddMessage(new Message(new(1050001), "Your changes have been saved!", MessageType.Success));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Settings, State = "success", ResultOf = new("password") }, ui);

        var result = page.One("[role=status]");
        result.Words().ShouldBe("Your changes have been saved!");
        result.Closest("[data-group]")!.GetAttribute("data-group").ShouldBe("password");
        result.PreviousElementSibling!.QuerySelector("button").ShouldNotBeNull();
        page.One("[autofocus]").ShouldBe(result);
    }

    [Test]
    public async Task Page_WithAResultOfNoShownGroup_SaysItAboveTheForms()
    {
        var ui = Form();
        ui.AddMessage(new Message(new(1060001), "You successfully recovered your account.", MessageType.Success));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Settings, ResultOf = new("totp") }, ui);

        page.One("#form-messages").Words().ShouldBe("You successfully recovered your account.");
        page.QuerySelectorAll("[autofocus]").ShouldBeEmpty();
    }

    [Test]
    public async Task Page_WithAFieldError_KeepsWhatWasTypedAndFocusesTheField()
    {
        var ui = Form();
        ui.SetValue("traits.name", "Ada King");
        ui.AddMessage("password", Message.Error(4000032, "The password must be longer."));

        var page = await _host.ShowAsync(FlowKind.Settings, ui);

        page.One("[autofocus]").GetAttribute("name").ShouldBe("password");
        page.One("input[name='traits.name']").GetAttribute("value").ShouldBe("Ada King");
    }

    private static UiContainer Form() => Samples.Form(
        Samples.Input(new("profile"), "traits.name", InputType.Text, "Ada", "Name"),
        Samples.Submit("profile", "profile", "Save"),
        Samples.Input(Samples.Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "new-password"),
        Samples.Submit("password", "password", "Save"));
}
