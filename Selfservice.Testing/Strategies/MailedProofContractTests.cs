using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Shouldly;

namespace Selfservice.Testing.Strategies;

/// <summary>What a method has to keep to that sends a proof to an address: for recoveries and verifications alike.</summary>
public abstract class MailedProofContractTests : StrategyContractTests
{
    private protected const string Address = "anna@example.org";
    private const string Nobody = "nobody@example.org";

    /// <summary>The field that takes the address.</summary>
    protected virtual string AddressField => "email";

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> RequiredFields => [AddressField];

    /// <summary>Reads the newest message to an address at <see cref="StrategyContractTests.Host"/>.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The fields that give the proof in it.</returns>
    protected abstract Task<IReadOnlyDictionary<string, string>> ReadProofAsync(string address);

    [SetUp]
    public Task CreateIdentityAsync() => Host.CreateIdentityAsync($$"""{"email":"{{Address}}"}""");

    [Test]
    public override async Task Disabled_AddsNoNodesAndAnswersNotFound()
    {
        // Without the flow's method there is no flow.
        await using var host = await StartAsync(enabled: false).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/self-service/{Flow}/api", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await host.Client.SendAsync(request).ConfigureAwait(false);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Proof_WorksOnce()
    {
        var flow = await AskAsync(Address).ConfigureAwait(false);
        var proof = await ReadProofAsync(Address).ConfigureAwait(false);
        (await CountSuccessesAsync().ConfigureAwait(false)).ShouldBe(0);
        await SendAsync(flow, proof).ConfigureAwait(false);
        (await CountSuccessesAsync().ConfigureAwait(false)).ShouldBe(1);
        await SendAsync(flow, proof).ConfigureAwait(false);
        (await CountSuccessesAsync().ConfigureAwait(false)).ShouldBe(1);
    }

    [Test]
    public async Task Proof_OfAnotherFlow_DoesNotWork()
    {
        await AskAsync(Address).ConfigureAwait(false);
        var proof = await ReadProofAsync(Address).ConfigureAwait(false);
        await SendAsync(await CreateAsync(Host).ConfigureAwait(false), proof).ConfigureAwait(false);
        (await CountSuccessesAsync().ConfigureAwait(false)).ShouldBe(0);
    }

    [Test]
    public async Task Proof_ThatIsTooOld_DoesNotWork()
    {
        var flow = await AskAsync(Address).ConfigureAwait(false);
        var proof = await ReadProofAsync(Address).ConfigureAwait(false);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(flow, proof).ConfigureAwait(false);
        (await CountSuccessesAsync().ConfigureAwait(false)).ShouldBe(0);
    }

    [Test]
    public async Task Address_ThatNobodyHas_IsAnsweredAlikeAndGetsNothing()
    {
        var known = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), Asking(Address)).ConfigureAwait(false);
        var unknown = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), Asking(Nobody)).ConfigureAwait(false);
        unknown.Status.ShouldBe(known.Status);
        Comparable(unknown.Body, Nobody).ShouldBe(Comparable(known.Body, Address));
        (await Host.Courier.MessagesToAsync(Nobody).ConfigureAwait(false)).ShouldBeEmpty();
    }

    [Test]
    public async Task Proof_IsNeitherShownNorLogged()
    {
        var flow = await AskAsync(Address).ConfigureAwait(false);
        var proof = await ReadProofAsync(Address).ConfigureAwait(false);
        ShouldHoldNone(proof.Values, flow);
        await SendAsync(flow, proof).ConfigureAwait(false);
        ShouldHoldNone(proof.Values, flow);
    }

    /// <summary>How often what the flow is for came about.</summary>
    private protected abstract Task<int> CountSuccessesAsync();

    private JsonObject Asking(string address) => With(new Dictionary<string, string> { [AddressField] = address });

    private async Task<JsonObject> AskAsync(string address)
    {
        var (status, flow) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), Asking(address)).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.OK, flow.ToJsonString());
        return flow;
    }

    private async Task SendAsync(JsonObject flow, IReadOnlyDictionary<string, string> proof)
    {
        using var answer = await Host.Client.PostAsJsonAsync(new Uri($"/self-service/{Flow}?flow={flow["id"]}", UriKind.Relative), With(proof)).ConfigureAwait(false);
        ((int)answer.StatusCode).ShouldBeLessThan(500);
    }

    private static string Comparable(JsonObject flow, string address) =>
        flow.ToJsonString().Replace((string)flow["id"]!, "ID", StringComparison.Ordinal).Replace(address, "ADDRESS", StringComparison.Ordinal);
}
