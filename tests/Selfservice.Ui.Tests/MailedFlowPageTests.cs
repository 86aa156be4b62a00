using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

/// <summary>The pages of flows that go on by a mail: recovery and verification.</summary>
internal sealed class MailedFlowPageTests
{
    private static readonly NodeGroup s_code = new("code");
    private static readonly FlowKind[] s_kinds = [FlowKind.Recovery, FlowKind.Verification];

    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await PageHost.StartAsync();

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [TestCaseSource(nameof(s_kinds))]
    public async Task Page_BeforeAnything_AsksForTheAddressAndFocusesIt(FlowKind kind)
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = kind, State = "choose_method" }, Address());

        var field = page.One("input[name=email]");
        field.HasAttribute("autofocus").ShouldBeTrue();
        field.GetAttribute("autocomplete").ShouldBe("email");
        page.QuerySelectorAll(".ss-who").ShouldBeEmpty();
    }

    [TestCaseSource(nameof(s_kinds))]
    public async Task Page_WaitingForACode_SaysWhereItWentAndHowToChangeThat(FlowKind kind)
    {
        var until = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = kind, State = "sent_email", ExpiresAt = until }, Code());

        page.One("h1").Words().ShouldBe("Enter the code");
        page.One(".ss-who strong").Words().ShouldBe("ada@example.com");
        page.One("input[name=code]").GetAttribute("autocomplete").ShouldBe("one-time-code");
        page.QuerySelectorAll("button").Select(b => (b.Words(), b.ClassList.Contains("ss-primary"), b.HasAttribute("formnovalidate"))).ShouldBe([("Continue", true, false), ("Resend code", false, true)]);
        page.One(".ss-aside a[href='/self-service/" + kind + "/browser']").Words().ShouldBe("Use another address");
        page.One("main").Words().ShouldContain("until 2 Mar 2026, 09:30 UTC");
    }

    [TestCaseSource(nameof(s_kinds))]
    public async Task Page_WaitingForALink_SendsToTheMail(FlowKind kind)
    {
        var ui = Address("ada@example.com");

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = kind, State = "sent_email" }, ui);

        page.One("h1").Words().ShouldBe("Look into your mail");
        page.One(".ss-who strong").Words().ShouldBe("ada@example.com");
    }

    [Test]
    public async Task Verification_Passed_SaysSoAndLeadsOn()
    {
        var ui = Samples.Form(new UiNode(s_code, new AnchorAttributes("continue", "https://app.example/", Message.Info(1070009, "Continue"))));
        (ui.Method, ui.Action) = ("GET", "https://app.example/");
        ui.AddMessage(new Message(new(1080002), "You successfully verified your email address.", MessageType.Success));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Verification, State = "passed_challenge" }, ui);

        page.One("h1").Words().ShouldBe("Your address is verified");
        page.One("[role=status]").Words().ShouldBe("You successfully verified your email address.");
        page.One("a#continue").GetAttribute("href").ShouldBe("https://app.example/");
        page.One("a#continue").ClassList.ShouldContain("ss-primary");
        page.QuerySelectorAll("form").ShouldBeEmpty();
    }

    [Test]
    public async Task Recovery_Passed_OffersNothingThatWouldBeRefused()
    {
        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Recovery, State = "passed_challenge" }, Code());

        page.One("h1").Words().ShouldBe("Your account is recovered");
        page.QuerySelectorAll("form").ShouldBeEmpty();
        page.One("main a.ss-primary").GetAttribute("href").ShouldBe("/settings");
    }

    [Test]
    public async Task Recovery_ThatAsksWhichAddress_ShowsAllAlike()
    {
        var ui = Samples.Form(
            Samples.Submit("code", "first", "ad****@example.com", "recovery_select_address"),
            Samples.Submit("code", "second", "+44****10", "recovery_select_address"),
            Samples.Input(s_code, "method", InputType.Hidden, "code"),
            Samples.Input(s_code, "recovery_address", InputType.Hidden, "ada@example.com"));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Recovery, State = "recovery_awaiting_address_choice" }, ui);

        page.QuerySelectorAll("button").Select(b => (b.GetAttribute("value"), b.ClassList.Contains("ss-primary"))).ShouldBe([("first", false), ("second", false)]);
        page.One("input[name=recovery_address]").GetAttribute("value").ShouldBe("ada@example.com");
    }

    [Test]
    public async Task Recovery_ThatGoesBack_KeepsTheAddressThatNamesTheAccount()
    {
        var ui = Code();
        ui.Nodes.Add(Samples.Input(s_code, "recovery_address", InputType.Hidden, "ada@example.com"));
        ui.Nodes.Add(Samples.Submit("code", "previous", "Back", "screen"));

        var page = await _host.ShowAsync(new FlowPageInfo { Kind = FlowKind.Recovery, State = "recovery_awaiting_code" }, ui);

        page.One(".ss-back-form input[name=recovery_address]").GetAttribute("value").ShouldBe("ada@example.com");
        page.One(".ss-back-form input[name=method]").GetAttribute("value").ShouldBe("code");
    }

    private static UiContainer Address(string? address = null) => Samples.Form(
        Samples.Input(s_code, "email", InputType.Email, address, "Email", required: true),
        Samples.Submit("code", "code", "Continue"));

    private static UiContainer Code() => Samples.Form(
        Samples.Input(s_code, "code", InputType.Text, label: "Code", required: true),
        Samples.Input(s_code, "method", InputType.Hidden, "code"),
        Samples.Submit("code", "code", "Continue"),
        UiNode.Submit(s_code, "email", "ada@example.com", Message.Info(1070008, "Resend code")));
}
