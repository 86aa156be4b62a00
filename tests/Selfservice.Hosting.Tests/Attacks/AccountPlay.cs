using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Identities;
using Selfservice.Storage;
using Selfservice.Testing.Courier;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>What attacks on accounts begin from: somebody with an account, and mails that can be read.</summary>
internal static partial class AccountPlay
{
    public const string Email = "ada@example.org";
    public const string Mallory = "mallory@example.org";
    public const string Password = "plover-kettle-71-orbit";
    public const string NewPassword = "quarry-lantern-88-tulip";
    public const string WrongCode = "none";

    /// <summary>A host that lets people recover, with mails for everybody unless a test says otherwise.</summary>
    public static Task<TestHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    public static Task<TestHost> StartAsync(Action<SelfserviceBuilder> add, params (string Key, string? Value)[] settings) => TestHost.StartAsync(
        "Development",
        add,
        [
            ("Flows:Recovery:Enabled", "true"), ("Methods:Link:Enabled", "true"),
            ("Security:MessageBudget:PerClient", "100000"), ("Security:MessageBudget:PerRecipient", "100000"), .. settings,
        ]);

    /// <summary>Settings under which verification is on, so that registrations send mails.</summary>
    public static (string Key, string? Value)[] Verifying => [("Flows:Verification:Enabled", "true")];

    /// <summary>Settings under which mails carry links.</summary>
    public static (string Key, string? Value)[] Links => [("Flows:Recovery:Use", "link"), ("Flows:Verification:Use", "link")];

    public static RecordedMessages Mails(this TestHost host) => new(host.Services.GetRequiredService<IStore>());

    public static async Task<int> CountMailsAsync(this TestHost host, string email) => (await host.Mails().MessagesToAsync(email)).Count;

    public static async Task<Client> SignUpAsync(this TestHost host, Agent agent, string email)
    {
        var client = host.NewClient(agent);
        ((int)(await client.RegisterAsync(email, Password)).Status).ShouldBeLessThan(400);
        return client;
    }

    /// <summary>Creates an account without keeping a client that is signed in to it.</summary>
    public static async Task EnrollAsync(this TestHost host, string email)
    {
        using var client = await host.SignUpAsync(Agent.Native, email);
    }

    /// <summary>The account with this address.</summary>
    public static async Task<Identity> IdentityAsync(this TestHost host, string email)
    {
        var all = await host.Services.GetRequiredService<IStore>().ReadAsync((scope, token) => scope.Identities.ListAsync(new() { Limit = 100, WithCredentials = true }, token), CancellationToken.None);
        return all.Single(i => i.Credentials.Any(c => c.Identifiers.Contains(email)));
    }

    /// <summary>Changes an account as an administrator or another host would.</summary>
    public static async Task ChangeAsync(this TestHost host, string email, Func<Identity, Identity> change)
    {
        var identity = await host.IdentityAsync(email);
        var written = await host.Services.GetRequiredService<IStore>().WriteAsync((scope, token) => scope.Identities.UpdateAsync(change(identity), null, token), CancellationToken.None);
        written.ShouldBe(IdentityWrite.Written);
    }

    public static async Task<int> CountSessionsAsync(this TestHost host, string email)
    {
        var identity = await host.IdentityAsync(email);
        var page = await host.Services.GetRequiredService<IStore>().ReadAsync(
            (scope, token) => scope.Sessions.ListAsync(identity.Id, host.Clock.GetUtcNow(), null, 0, 100, token), CancellationToken.None);
        return page.Items.Count;
    }

    /// <summary>Begins a flow and gives an address to it.</summary>
    public static async Task<FlowView> AskAsync(this Client client, string kind, string email, string method = "code")
    {
        var flow = await client.BeginAsync(kind);
        ((int)(await client.GiveAsync(kind, flow, email, method)).Status).ShouldBeLessThan(400);
        return flow;
    }

    /// <summary>Gives an address to a flow.</summary>
    public static Task<Answer> GiveAsync(this Client client, string kind, FlowView flow, string email, string method = "code") =>
        client.SendFormAsync(kind, flow, ("method", method), ("email", email));

    /// <summary>Gives a code to a flow.</summary>
    public static Task<Answer> RedeemAsync(this Client client, string kind, FlowView flow, string code) => client.SendFormAsync(kind, flow, ("method", "code"), ("code", code));

    /// <summary>Submits fields; a browser sends the form's token along.</summary>
    public static Task<Answer> SendFormAsync(this Client client, string kind, FlowView flow, params (string Name, string Value)[] fields)
    {
        if (client.Agent != Agent.Native)
            return client.SubmitAsync(kind, flow, [("csrf_token", flow.CsrfToken), .. fields]);
        // It keeps no cookies, although reading a flow offers one.
        client.Cookies.Clear();
        return client.SubmitAsync(kind, flow, fields);
    }

    /// <summary>Opens a mail's link and presses the button of its page.</summary>
    public static async Task<Answer> FollowAsync(this Client client, string link)
    {
        var page = await client.GetAsync(PathOf(link));
        page.Status.ShouldBe(HttpStatusCode.OK, page.Body);
        return await client.PressAsync(page.Body);
    }

    /// <summary>Sends the form of a page.</summary>
    public static Task<Answer> PressAsync(this Client client, string page)
    {
        var action = Action.Match(page).Groups[1].Value;
        var fields = Hidden.Matches(page).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
        return client.SendAsync(HttpMethod.Post, PathOf(WebUtility.HtmlDecode(action)), new FormUrlEncodedContent(fields));
    }

    public static string PathOf(string url) => new Uri(url).PathAndQuery;

    /// <summary>Whether an answer lets its client into an account.</summary>
    public static bool LetsIn(Answer answer) =>
        answer.Body.Contains("ory_session_token\"", StringComparison.Ordinal) || answer.SetCookies.Any(c => c.Contains("session", StringComparison.Ordinal));

    /// <summary>An answer without what differs from one flow to the next.</summary>
    public static string Scrub(Answer answer, params string[] addresses)
    {
        var text = Masked.Replace(Id.Replace($"{(int)answer.Status} {answer.Location} {answer.Body}", "ID"), "\"TOKEN\"");
        return addresses.Aggregate(text, (t, a) => t.Replace(a, "ADDRESS", StringComparison.Ordinal));
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action { get; }

    [GeneratedRegex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden { get; }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id { get; }

    // A CSRF token is masked anew for every form.
    [GeneratedRegex("\"[A-Za-z0-9+/_-]{80,}={0,2}\"|\"[^\"]{60,}==\"")]
    private static partial Regex Masked { get; }
}
