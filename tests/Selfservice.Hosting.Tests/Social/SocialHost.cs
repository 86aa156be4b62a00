using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Storage;
using Selfservice.Strategies.Oidc.Tests;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>A host at which people sign in by two providers of this machine, <c>local</c> and <c>other</c>.</summary>
internal sealed class SocialHost : IAsyncDisposable
{
    public const string Email = "ada@example.org";
    public const string Password = "plover-kettle-71-orbit";
    public const string App = "https://app.example.org/signed-in";

    private SocialHost(TestHost host, LocalProvider local, LocalProvider other) => (Host, Local, Other) = (host, local, other);

    public TestHost Host { get; }

    public LocalProvider Local { get; }

    public LocalProvider Other { get; }

    public TestClock Clock => Host.Clock;

    public IStore Store => Host.Services.GetRequiredService<IStore>();

    public static Task<SocialHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<SocialHost> StartAsync(Action<SelfserviceBuilder> add, params (string Key, string? Value)[] settings)
    {
        var (local, other) = (await LocalProvider.StartAsync(TimeProvider.System), await LocalProvider.StartAsync(TimeProvider.System));
        var host = await TestHost.StartAsync("Development", add, [.. SettingsOf(local, other), .. settings]);
        (local.Time, other.Time) = (host.Clock, host.Clock);
        return new(host, local, other);
    }

    /// <summary>What a host is told of the two providers.</summary>
    public static IEnumerable<(string Key, string? Value)> SettingsOf(LocalProvider local, LocalProvider other) =>
    [
        ("Clients:Http:DisallowPrivateIpRanges", "false"),
        ("AllowedReturnUrls:0", "https://app.example.org"),
        ("Methods:Oidc:Enabled", "true"),
        .. SettingsOf(0, "local", "Local", local),
        .. SettingsOf(1, "other", "Other", other),
    ];

    private static IEnumerable<(string Key, string? Value)> SettingsOf(int index, string id, string label, LocalProvider provider) =>
        from setting in new[]
        {
            ("Id", id), ("Label", label), ("Provider", "generic"), ("IssuerUrl", provider.Issuer), ("ClientId", LocalProvider.ClientId), ("ClientSecret", LocalProvider.ClientSecret), ("Scope:0", "email"),
        }
        select ($"Methods:Oidc:Config:Providers:{index}:{setting.Item1}", (string?)setting.Item2);

    public Client NewClient(Agent agent) => Host.NewClient(agent);

    /// <summary>Starts a sign-in as the client's kind does.</summary>
    /// <returns>The page of the provider that it is sent to.</returns>
    public static async Task<string> LeaveAsync(Client client, FlowView flow, string kind = "login", string provider = "local", params (string Name, string Value)[] fields) =>
        PageOf(await client.SubmitAsync(kind, flow, StartOf(client, flow, kind, provider, fields)));

    public static async Task<string> LeaveAsync(Client client, string kind = "login", string provider = "local") => await LeaveAsync(client, await client.BeginAsync(kind), kind, provider);

    /// <summary>The fields that start a sign-in, or a link.</summary>
    public static (string Name, string Value)[] StartOf(Client client, FlowView flow, string kind, string provider, params (string Name, string Value)[] fields) =>
        [("method", "oidc"), (kind == "settings" ? "link" : "provider", provider), .. client.Agent == Agent.Native ? [] : new[] { ("csrf_token", flow.CsrfToken) }, .. fields];

    /// <summary>The page that a started sign-in sends its client to.</summary>
    public static string PageOf(Answer answer)
    {
        var page = answer.Location.Length > 0 ? answer.Location : (string?)JsonNode.Parse(answer.Body)!["redirect_browser_to"];
        page.ShouldNotBeNull(answer.Body);
        page.ShouldContain("/auth?", customMessage: answer.Body);
        return page;
    }

    /// <summary>Brings a browser back.</summary>
    public static Task<Answer> ReturnAsync(Client client, string callback) => client.GetAsync(new Uri(callback).PathAndQuery);

    /// <summary>A whole sign-in that is known to be good.</summary>
    public async Task<Answer> SignInAsync(Client client, string kind = "login", string provider = "local", Action<JsonObject>? claims = null) =>
        await ReturnAsync(client, Of(provider).Agree(await LeaveAsync(client, kind, provider), claims));

    /// <summary>The same with a subject and an address, which is verified.</summary>
    public Task<Answer> SignInAsAsync(Client client, string subject, string email, string kind = "login", string provider = "local") => SignInAsync(client, kind, provider, Person(subject, email));

    public static Action<JsonObject> Person(string subject, string email) => claims => (claims["sub"], claims["email"]) = (subject, email);

    /// <summary>Somebody who is signed in with an account of their own at the provider.</summary>
    public async Task<Client> SignedInAsync(string subject = "somebody", string email = Email, Agent agent = Agent.Ajax)
    {
        var client = NewClient(agent);
        await SignInAsAsync(client, subject, email);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
        return client;
    }

    /// <summary>Somebody with a password.</summary>
    public async Task<Client> SignedUpAsync(string email = Email, Agent agent = Agent.Ajax)
    {
        var client = NewClient(agent);
        await client.RegisterAsync(email, Password);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
        return client;
    }

    public LocalProvider Of(string provider) => provider == "local" ? Local : Other;

    /// <summary>A URL with another value of a parameter, or without it.</summary>
    public static string With(string url, string name, string? value)
    {
        var uri = new Uri(url);
        var query = QueryHelpers.ParseQuery(uri.Query).ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(uri.GetLeftPart(UriPartial.Path), query.Where(q => q.Value is not null));
    }

    public static string Parameter(string url, string name) => QueryHelpers.ParseQuery(new Uri(url).Query)[name].ToString();

    /// <summary>A request was refused with this reason, and its browser is not signed in.</summary>
    public static async Task ShouldBeRefusedAsync(Client client, Answer answer, string reason, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        answer.Status.ShouldBe(status, answer.Body);
        answer.Body.ShouldContain(reason);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>The accounts at providers that are linked to who is signed in, by their identifiers.</summary>
    public async Task<string[]> LinkedAsync(Client client)
    {
        var id = (await client.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetGuid();
        var identity = await Store.ReadAsync((scope, token) => scope.Identities.FindAsync(id, withCredentials: true, token), CancellationToken.None);
        return [.. identity!.Credential(new("oidc"))?.Identifiers ?? []];
    }

    public async Task<int> CountIdentitiesAsync() => (await Store.ReadAsync((scope, token) => scope.Identities.ListAsync(new() { Limit = 100 }, token), CancellationToken.None)).Count;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Local.DisposeAsync();
        await Other.DisposeAsync();
    }
}
