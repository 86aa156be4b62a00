using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Identities;
using Selfservice.Strategies.Password.Hashing;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>
/// An account at a provider whose address somebody here has. Anybody can register an address at some provider: who only had to do that to come into the account of its owner here would have every
/// account. So its owner signs in first.
/// </summary>
public sealed class LoginLinkTests
{
    private SocialHost _social = null!;
    private Client _browser = null!;
    private Client _owner = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _social = await SocialHost.StartAsync();
        _browser = _social.NewClient(Agent.Ajax);
        _owner = await _social.SignedUpAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        _owner.Dispose();
        await _social.DisposeAsync();
    }

    [TestCase("login")]
    [TestCase("registration")]
    [Property("Checklist", "6.8.1")]
    public async Task SignIn_WithATakenAddress_LinksNothingUntilItsOwnerSignsIn(string kind)
    {
        var flow = await OfferAsync(kind);
        (await _browser.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _social.LinkedAsync(_owner)).ShouldBeEmpty();

        (await SubmitAsync(flow, Email)).Status.ShouldBe(HttpStatusCode.OK);

        (await _social.LinkedAsync(_browser)).ShouldBe(["local:somebody"]);
        (await _browser.WhoamiAsync()).Json.GetProperty("authentication_methods").EnumerateArray().Select(m => m.GetProperty("method").GetString()).ShouldBe(["password", "oidc"]);
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
    }

    /// <summary>The link is stored only over the account as it was read, and the new hash changes the account in the same transaction.</summary>
    [Test]
    public async Task SignIn_ThatAlsoReplacesTheHash_LinksAndKeepsTheNewHash()
    {
        await StopAsync();
        _social = await SocialHost.StartAsync(builder => builder.Services.AddSingleton<IPasswordHasher, AgeingHasher>());
        _browser = _social.NewClient(Agent.Ajax);
        _owner = await _social.SignedUpAsync();

        (await SubmitAsync(await OfferAsync(), Email)).Status.ShouldBe(HttpStatusCode.OK);

        (await _social.LinkedAsync(_browser)).ShouldBe(["local:somebody"]);
        var identity = await _social.Store.ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(new("password"), Email, token), CancellationToken.None);
        identity.ShouldNotBeNull().Credential(new("password")).ShouldNotBeNull().Config.GetRawText().ShouldContain($"2:{Password}");
    }

    [Test]
    public async Task Offer_WithAWrongPassword_LinksNothing()
    {
        var flow = await OfferAsync();

        var answer = await _browser.SubmitAsync("login", flow, Client.LoginOf(flow, Email, "wrong-" + Password));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        (await _social.LinkedAsync(_owner)).ShouldBeEmpty();
    }

    // Whoever signs in to another account in the flow would have that linked, or be signed in with it.
    [TestCase("by password")]
    [TestCase("by a provider")]
    [Property("Checklist", "6.8.1")]
    public async Task Offer_WithWhichAnotherPersonSignsIn_LinksNothing(string how)
    {
        using var other = how == "by password" ? await _social.SignedUpAsync("grace@example.org") : _social.NewClient(Agent.Ajax);
        if (how == "by a provider")
            await _social.SignInAsAsync(other, "grace", "grace@example.org", provider: "other");
        var before = await _social.LinkedAsync(other);
        var flow = await OfferAsync();

        var answer = how == "by password" ? await SubmitAsync(flow, "grace@example.org") : await ReturnAsync(_browser, _social.Other.Agree(await LeaveAsync(_browser, flow, provider: "other"), Person("grace", "grace@example.org")));

        await ShouldBeRefusedAsync(_browser, answer, "4010009");
        (await _social.LinkedAsync(_owner)).ShouldBeEmpty();
        (await _social.LinkedAsync(other)).ShouldBe(before);
    }

    // Somebody has an identifier that looks like the owner's, or did before it was normalised, in an account of theirs.
    [TestCase("Ada@example.org")]
    [TestCase("ada@example.org ")]
    [TestCase("ada@example.org.evil.example")]
    [TestCase("\u0430da@example.org")]
    public async Task Offer_ToWhomHasASimilarIdentifier_LinksNothing(string identifier)
    {
        using var other = _social.NewClient(Agent.Ajax);
        await _social.SignInAsAsync(other, "grace", "grace@example.org", provider: "other");
        await GiveAsync(other, identifier);
        var flow = await OfferAsync();

        var answer = await ReturnAsync(_browser, _social.Other.Agree(await LeaveAsync(_browser, flow, provider: "other"), Person("grace", "grace@example.org")));

        await ShouldBeRefusedAsync(_browser, answer, "4010009");
        (await _social.LinkedAsync(other)).ShouldBe(["other:grace"]);
    }

    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Offer_WhoseSubjectHasAnOwnerMeanwhile_LinksNothing()
    {
        var flow = await OfferAsync();
        using var meanwhile = _social.NewClient(Agent.Ajax);
        await _social.SignInAsAsync(meanwhile, "somebody", "grace@example.org");
        (await _social.LinkedAsync(meanwhile)).ShouldBe(["local:somebody"]);

        var answer = await SubmitAsync(flow, Email);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        (await _social.LinkedAsync(_owner)).ShouldBeEmpty();
        (await _social.LinkedAsync(meanwhile)).ShouldBe(["local:somebody"]);
        // What cannot be linked must not keep its owner out.
        answer.Body.ShouldContain("4010009");
        (await SubmitAsync(new FlowView(answer.Json), Email)).Status.ShouldBe(HttpStatusCode.OK);
        (await _social.LinkedAsync(_browser)).ShouldBeEmpty();
    }

    // The offer holds an account at a provider that somebody proved. Another browser must not sign in its owner with it, and link what it did not prove.
    [Test]
    [Property("Checklist", "8.2.1")]
    public async Task Offer_InAnotherBrowser_IsRefused()
    {
        var flow = await OfferAsync();
        using var other = _social.NewClient(Agent.Ajax);
        await other.BeginAsync("login");

        var answer = await other.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password));

        await ShouldBeRefusedAsync(other, answer, "security_csrf_violation", HttpStatusCode.Forbidden);
        (await _social.LinkedAsync(_owner)).ShouldBeEmpty();
    }

    // How somebody signs in is told to nobody who only knows their address.
    [Test]
    [Property("Checklist", "6.3.8")]
    public async Task Offer_ByDefault_SaysNothingOfTheAccount()
    {
        using var other = _social.NewClient(Agent.Ajax);
        await _social.SignInAsAsync(other, "grace", "grace@example.org", provider: "other");
        var (ofPassword, ofProvider) = ((await OfferAsync()).Json, (await OfferAsync(email: "grace@example.org")).Json);

        Shape(ofPassword, Email).ShouldBe(Shape(ofProvider, "grace@example.org"));

        static string Shape(JsonElement flow, string email) => string.Join('\n', flow.GetProperty("ui").GetProperty("nodes").EnumerateArray()
            .Where(n => n.GetProperty("attributes").GetProperty("name").GetString() != "csrf_token").Select(n => n.GetRawText())
            .Append(flow.GetProperty("ui").GetProperty("messages").GetRawText())).Replace(email, "EMAIL", StringComparison.Ordinal);
    }

    /// <summary>Each hash is out of date as soon as it is made.</summary>
    private sealed class AgeingHasher : IPasswordHasher
    {
        private int _made;

        public ValueTask<string> HashAsync(string password, CancellationToken cancellationToken) => ValueTask.FromResult($"{Interlocked.Increment(ref _made)}:{password}");

        public ValueTask<PasswordVerification> VerifyAsync(string password, string encoded, CancellationToken cancellationToken) =>
            ValueTask.FromResult(encoded.EndsWith($":{password}", StringComparison.Ordinal) ? PasswordVerification.SuccessRehashNeeded : PasswordVerification.Failed);

        public ValueTask VerifyDummyAsync(string password, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private async Task<FlowView> OfferAsync(string kind = "login", string email = Email)
    {
        var answer = await _social.SignInAsAsync(_browser, "somebody", email, kind);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("1010016");
        return new(answer.Json);
    }

    private Task<Answer> SubmitAsync(FlowView flow, string email) => _browser.SubmitAsync("login", flow, Client.LoginOf(flow, email, Password));

    private async Task GiveAsync(Client client, string identifier)
    {
        var id = (await client.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetGuid();
        var written = await _social.Store.WriteAsync(
            async (scope, token) =>
            {
                var identity = (await scope.Identities.FindAsync(id, withCredentials: true, token))!;
                var credential = new Credential { Type = new("password"), Identifiers = [identifier], Config = JsonElement.Parse("{}"), CreatedAt = identity.CreatedAt, UpdatedAt = identity.CreatedAt };
                return await scope.Identities.UpdateAsync(identity with { Credentials = [.. identity.Credentials, credential] }, identity.UpdatedAt, token);
            },
            CancellationToken.None);
        written.ShouldBe(Storage.IdentityWrite.Written);
    }
}
