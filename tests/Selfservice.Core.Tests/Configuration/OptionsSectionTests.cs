using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Selfservice.Configuration;

namespace Selfservice.Core.Tests.Configuration;

public sealed class OptionsSectionTests
{
    private static readonly OptionsSection Shared = new("", typeof(SelfserviceOptions));

    [Test]
    public void Bind_HooksOfAMethod()
    {
        var options = new SelfserviceOptions();
        var faults = new List<string>();
        Shared.Bind(Configuration(("Flows:Registration:After:Password:Hooks:0:Hook", "session"), ("Flows:Login:Lifespan", "10m")), options, faults);
        faults.ShouldBeEmpty();
        options.Flows.Registration.After.Methods["password"].Hooks!.Single().Hook.ShouldBe("session");
        options.Flows.Login.Lifespan.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Test]
    public void Bind_UnreadableValue_IsAFault()
    {
        var faults = new List<string>();
        Shared.Bind(Configuration(("Flows:Login:Lifespan", "soon")), new SelfserviceOptions(), faults);
        faults.Single().ShouldContain("Flows:Login:Lifespan");
    }

    [Test]
    public void Bind_FreeForm_KeepsTheShape()
    {
        var options = new WithJson();
        new OptionsSection("Part", typeof(WithJson)).Bind(
            Configuration(("Part:Free:id_token:email:essential", "true"), ("Part:Free:id_token:acr:values:0", "a"), ("Part:Free:id_token:acr:values:1", "2"), ("Part:Free:userinfo:name", "")),
            options,
            []);
        options.Free!.ToJsonString().ShouldBe("{\"id_token\":{\"acr\":{\"values\":[\"a\",2]},\"email\":{\"essential\":true}},\"userinfo\":{\"name\":null}}");
        OptionsSection.UnknownKeys(Configuration(("Part:Free:anything:at:all", "x")), [new("Part", typeof(WithJson))]).ShouldBeEmpty();
    }

    [TestCase("Flows:Login:UiUrl", false)]
    [TestCase("Flows:Registration:After:Password:Hooks:0:Hook", false)]
    [TestCase("Flows:Login:UiUlr", true)]
    [TestCase("Flows:Registration:After:Password:Hoks:0:Hook", true)]
    [TestCase("Flow:Login:UiUrl", true)]
    [TestCase("Methods:Pasword:Enabled", true)]
    public void UnknownKeys(string key, bool unknown) => OptionsSection.UnknownKeys(Configuration((key, "x")), [Shared]).Any().ShouldBe(unknown);

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();

    private sealed class WithJson
    {
        public JsonObject? Free { get; set; }
    }
}
