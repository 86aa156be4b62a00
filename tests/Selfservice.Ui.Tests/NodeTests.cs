using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

internal sealed class NodeTests
{
    private PageHost _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await PageHost.StartAsync();

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [TestCase(InputType.Text, "Ada", "Ada")]
    [TestCase(InputType.Email, "a@b.example", "a@b.example")]
    [TestCase(InputType.Telephone, "+49301234", "+49301234")]
    [TestCase(InputType.Url, "https://a.example", "https://a.example")]
    [TestCase(InputType.Number, "4.5", "4.5")]
    [TestCase(InputType.Date, "2026-01-05", "2026-01-05")]
    [TestCase(InputType.DateTime, "2026-01-05T11:00:00Z", "2026-01-05T11:00:00")]
    public async Task Field_OfEachType_ShowsItsValue(string type, string value, string shown)
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.Form(Samples.Input(new("anything"), "field", type, value), Samples.Submit("anything", "anything", "Go")));

        page.One("input[name=field]").GetAttribute("type").ShouldBe(type);
        page.One("input[name=field]").GetAttribute("value").ShouldBe(shown);
        page.One("label").Words().ShouldBe("Field");
    }

    [Test]
    public async Task UnknownGroup_And_UnknownType_RenderAsAForm()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.Form(Samples.Input(new("carrier_pigeon"), "ring_number", "feather", "1", required: true), Samples.Submit("carrier_pigeon", "pigeon", "Send the pigeon")));

        page.One("input[name=ring_number]").GetAttribute("type").ShouldBe("text");
        page.One("label").Words().ShouldBe("Ring number");
        page.One("button").ClassList.ShouldContain("ss-primary");
    }

    [Test]
    public async Task Number_BooleanAndNullValues_AreWrittenAsAFormSendsThem()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.Form(
            Samples.Input(NodeGroup.Default, "n", InputType.Hidden, 5), Samples.Input(NodeGroup.Default, "b", InputType.Hidden, false), Samples.Input(NodeGroup.Default, "z", InputType.Hidden), Samples.Submit("a", "a", "Go")));

        page.QuerySelectorAll("input").Select(i => i.GetAttribute("value")).ShouldBe(["csrf", "5", "false", ""]);
    }

    [Test]
    public async Task TextImageLinkAndDivision_Render()
    {
        _host.Pages.Flow = (_, _) => PageHost.Found(new("settings"), Settings());

        var page = await _host.GetAsync("/login?flow=1");

        page.One("#secret").Words().ShouldBe("JBSWY3DP");
        page.One("#secret-label").Words().ShouldBe("Your secret");
        page.QuerySelectorAll("#codes li").Select(l => l.Words()).ShouldBe(["abc", "def"]);
        page.One("#qr").GetAttribute("alt").ShouldBe("QR code");
        page.One("#qr").GetAttribute("width").ShouldBe("200");
        page.One("#more").GetAttribute("href").ShouldBe("https://a.example/more");
        page.One("#box").GetAttribute("data-site-key").ShouldBe("k");
        page.One("#box").ClassName.ShouldBe("widget");
        page.One("#box").Attributes.Length.ShouldBe(3);
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("JavaScript:alert(1)")]
    [TestCase("java\tscript:alert(1)")]
    [TestCase(" javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    public async Task Link_ToAScript_IsLeftOut(string href)
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.Form(new UiNode(new("x"), new AnchorAttributes("bad", href, Message.Info(9000001, "Bad")))));

        page.QuerySelector("#bad").ShouldBeNull();
    }

    [Test]
    public async Task Values_AreEncoded()
    {
        var page = await _host.ShowAsync(FlowKind.Login, Samples.Form(Samples.Input(new("x"), "a\"><script>", InputType.Text, "\"><script>alert(1)</script>", "<b>Label</b>"), Samples.Submit("x", "\" onclick=\"x", "<i>Go</i>")));

        page.QuerySelectorAll("main script, main b, main i, [onclick]").ShouldBeEmpty();
        page.One("input[type=text]").GetAttribute("value").ShouldBe("\"><script>alert(1)</script>");
    }

    private static UiContainer Settings()
    {
        var codes = new JsonObject { ["secrets"] = new JsonArray(new JsonObject { ["text"] = "abc" }, new JsonObject { ["text"] = "def" }) };
        NodeGroup group = new("totp");
        return Samples.Form(
            new UiNode(group, new TextAttributes("secret", Message.Info(1050017, "JBSWY3DP"))) { Meta = new(Message.Info(1050017, "Your secret")) },
            new UiNode(group, new TextAttributes("codes", Message.Info(1050015, "abc, def", codes))),
            new UiNode(group, new ImageAttributes("qr", "data:image/png;base64,AAAA", 200, 100)) { Meta = new(Message.Info(1050005, "QR code")) },
            new UiNode(group, new AnchorAttributes("more", "https://a.example/more", Message.Info(9000001, "More"))),
            new UiNode(group, new DivisionAttributes("box", "widget", new Dictionary<string, string> { ["site-key"] = "k", ["x onclick"] = "no" })));
    }
}
