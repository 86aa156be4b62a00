using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Strategies;
using Selfservice.Submissions;
using Selfservice.Testing.Hosts;
using Shouldly;

namespace Selfservice.Testing.Strategies;

/// <summary>What every method has to keep to, whichever flow it serves. A package's tests inherit the class for the flow.</summary>
public abstract class StrategyContractTests
{
    private SelfserviceTestHost? _host;

    /// <summary>The name of the method.</summary>
    protected abstract string Method { get; }

    /// <summary>The fields without which the method refuses a submission.</summary>
    protected abstract IReadOnlyCollection<string> RequiredFields { get; }

    /// <summary>The fields by which the method knows a submission as its own, besides <c>method</c>. Default: none.</summary>
    protected virtual IReadOnlyDictionary<string, string> ClaimingFields => new Dictionary<string, string>();

    /// <summary>The running host.</summary>
    protected SelfserviceTestHost Host => _host ?? throw new InvalidOperationException("The host runs during tests only.");

    /// <summary>The flow's name in addresses.</summary>
    private protected abstract string Flow { get; }

    /// <summary>Adds the method.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="enabled">Whether the method is to be switched on.</param>
    protected abstract void AddMethod(SelfserviceBuilder builder, bool enabled);

    [SetUp]
    public async Task StartHostAsync() => _host = await StartAsync(enabled: true).ConfigureAwait(false);

    [TearDown]
    public async Task StopHostAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync().ConfigureAwait(false);
    }

    [Test]
    public void Id_IsTheMethodsName()
    {
        Strategy.Id.Name.ShouldBe(Method);
        Strategy.IsEnabled.ShouldBeTrue();
    }

    [Test]
    public virtual void Claims_OnlyItsOwnMethod()
    {
        Strategy.Claims(Naming(Method)).ShouldBe(Claim.Submit);
        Strategy.Claims(Naming("another-method")).ShouldBe(Claim.None);
        Strategy.Claims(Submission.FromForm([])).ShouldBe(Claim.None);
    }

    [Test]
    public async Task Nodes_AreInItsGroupOrTheSharedOne()
    {
        var nodes = Nodes(await CreateAsync(Host).ConfigureAwait(false));
        nodes.ShouldContain(n => Group(n) == Strategy.NodeGroup.Name);
        nodes.ShouldAllBe(n => Group(n) == Strategy.NodeGroup.Name || Group(n) == "default");
    }

    [Test]
    public async Task Nodes_AddedTwice_AreThereOnce()
    {
        // The host's packages may each add the method, and a refused form is filled again.
        await using var host = await StartAsync(enabled: true, times: 2).ConfigureAwait(false);
        var flow = await CreateAsync(host).ConfigureAwait(false);
        Keys(flow).ShouldBeUnique();
        var (_, refused) = await SubmitAsync(host, flow, new JsonObject { ["method"] = Method }).ConfigureAwait(false);
        Keys(refused).ShouldBeUnique();
    }

    [Test]
    public virtual async Task Disabled_AddsNoNodesAndAnswersNotFound()
    {
        await using var host = await StartAsync(enabled: false).ConfigureAwait(false);
        var flow = await CreateAsync(host).ConfigureAwait(false);
        Nodes(flow).ShouldNotContain(n => Group(n) == Strategy.NodeGroup.Name);
        var (status, _) = await SubmitAsync(host, flow, With(ClaimingFields)).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task MissingFields_AreSaidAtTheirNodes()
    {
        var (status, refused) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), new JsonObject { ["method"] = Method }).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var field in RequiredFields)
            Nodes(refused).ShouldContain(n => (string?)n["attributes"]!["name"] == field && n["messages"]!.AsArray().Count > 0, field);
    }

    private protected IStrategy Strategy => Host.Services.GetServices<IStrategy>().Single(s => s.Id.Name == Method);

    private protected async Task<JsonObject> CreateAsync(SelfserviceTestHost host) =>
        (await host.Client.GetFromJsonAsync<JsonObject>(new Uri($"/self-service/{Flow}/api", UriKind.Relative)).ConfigureAwait(false))!;

    private protected async Task<(HttpStatusCode Status, JsonObject Body)> SubmitAsync(SelfserviceTestHost host, JsonObject flow, JsonObject body)
    {
        using var answer = await host.Client.PostAsJsonAsync(new Uri($"/self-service/{Flow}?flow={flow["id"]}", UriKind.Relative), body).ConfigureAwait(false);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>().ConfigureAwait(false))!);
    }

    private protected void ShouldHoldNone(IEnumerable<string> secrets, JsonObject body)
    {
        foreach (var secret in secrets)
        {
            body.ToJsonString().ShouldNotContain(secret);
            Host.Logs.Lines.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private protected JsonObject With(IReadOnlyDictionary<string, string> fields)
    {
        var body = new JsonObject { ["method"] = Method };
        foreach (var (name, value) in fields)
            body[name] = value;
        return body;
    }

    private protected Task<SelfserviceTestHost> StartAsync(bool enabled, int times = 1) => SelfserviceTestHost.StartAsync(
        builder =>
        {
            for (var i = 0; i < times; i++)
                AddMethod(builder, enabled);
        },
        options =>
        {
            options.Flows.Registration.Style = RegistrationStyle.Unified;
            Configure(options);
        });

    /// <summary>Switches on what the flow needs.</summary>
    private protected virtual void Configure(SelfserviceOptions options)
    {
    }

    private Submission Naming(string method) => Submission.FromForm([new("method", method), .. ClaimingFields]);

    private static IReadOnlyList<JsonObject> Nodes(JsonObject flow) => [.. (flow["ui"]?["nodes"] as JsonArray ?? []).OfType<JsonObject>()];

    private static string? Group(JsonObject node) => (string?)node["group"];

    private static IEnumerable<string> Keys(JsonObject flow) =>
        Nodes(flow).Select(n => n["attributes"]!).Select(a => $"{a["name"]} {((string?)a["type"] == "submit" ? a["value"] : null)}");
}
