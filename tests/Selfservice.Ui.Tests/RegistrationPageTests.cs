using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

internal sealed class RegistrationPageTests
{
    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await PageHost.StartAsync();

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task FirstStep_SaysSoAndGoesOn()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep1());

        page.One(".ss-step").Words().ShouldBe("Step 1 of 2");
        page.One("button[name=method]").Words().ShouldBe("Continue");
        page.One("button[name=method]").ClassList.ShouldContain("ss-primary");
    }

    [Test]
    public async Task FirstStep_LabelsEveryFieldAndMarksWhatMayStayEmpty()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep1());

        foreach (var input in page.QuerySelectorAll("input:not([type=hidden])"))
            page.One($"label[for={input.Id}]").Words().ShouldNotBeEmpty();
        page.One("label[for=f-traits-name-first]").TextContent.Trim().ShouldBe("First name (optional)");
        page.One("input[type=email]").GetAttribute("inputmode").ShouldBe("email");
        page.One("input[type=email]").GetAttribute("autocomplete").ShouldBe("email");
    }

    [Test]
    public async Task Checkbox_SendsFalseBeforeTrue_AndIsNeverForced()
    {
        var ui = Samples.Form(Samples.Input(NodeGroup.Default, "traits.newsletter", InputType.Checkbox, true, "News", required: true), Samples.Submit("password", "password", "Sign up"));

        var page = await _host.ShowAsync(FlowKind.Registration, ui);

        page.QuerySelectorAll("input[name='traits.newsletter']").Select(i => (i.GetAttribute("type"), i.GetAttribute("value"))).ShouldBe([("hidden", "false"), ("checkbox", "true")]);
        page.One("input[type=checkbox]").HasAttribute("checked").ShouldBeTrue();
        page.One("input[type=checkbox]").HasAttribute("required").ShouldBeFalse();
    }

    [Test]
    public async Task SecondStep_ShowsWhoAndAWayBackThatLooksDifferent()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep2());

        page.One(".ss-step").Words().ShouldBe("Step 2 of 2");
        page.One(".ss-who").Words().ShouldBe("Continuing as ada@example.com");
        page.One("[role=status]").Words().ShouldBe("Choose how you want to sign in from now on.");
        var back = page.One("button[name=screen]");
        back.GetAttribute("value").ShouldBe("previous");
        back.HasAttribute("formnovalidate").ShouldBeTrue();
        back.ClassList.ShouldContain("ss-back");
        back.ClassList.ShouldNotContain("ss-primary");
        back.ClassList.ShouldNotContain("ss-secondary");
    }

    [Test]
    public async Task SecondStep_EveryFormCarriesTheTraits()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep2(passkey: true));

        var forms = page.QuerySelectorAll("form");
        forms.Length.ShouldBe(3);
        foreach (var form in forms)
            form.One("input[type=hidden][name='traits.email']").GetAttribute("value").ShouldBe("ada@example.com");
    }

    [Test]
    public async Task SecondStep_TellsPasswordManagersTheAccount_WithoutSendingIt()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep2());

        var account = page.One("input[autocomplete=username]");
        account.GetAttribute("value").ShouldBe("ada@example.com");
        account.HasAttribute("name").ShouldBeFalse();
        account.HasAttribute("hidden").ShouldBeTrue();
    }

    [Test]
    public async Task HiddenField_WithError_IsSaidAboveTheForm()
    {
        var ui = Samples.RegistrationStep2();
        ui.AddMessage("traits.email", Message.Error(4000007, "An account exists already."));

        var page = await _host.ShowAsync(FlowKind.Registration, ui);

        page.One("[role=alert]").Words().ShouldContain("E-mail: An account exists already.");
    }

    [Test]
    public async Task SocialSignUp_WithMissingTraits_KeepsTheProviderButtonInTheForm()
    {
        var ui = Samples.Form(
            Samples.Submit("oidc", "github", "Continue", "provider"),
            Samples.Input(NodeGroup.Default, "traits.email", InputType.Email, "", "E-mail", required: true));

        var page = await _host.ShowAsync(FlowKind.Registration, ui);

        page.One("form").One("input[name='traits.email']");
        page.One("form").One("button[name=provider]").ClassList.ShouldContain("ss-primary");
    }

    [Test]
    public async Task Ids_AreUnique()
    {
        var page = await _host.ShowAsync(FlowKind.Registration, Samples.RegistrationStep2(passkey: true));

        page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }
}
