using System.Net;
using System.Text;
using Selfservice.Hosting.Tests.Social;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>Where a scenario is played: a host behind a public URL, the client whose answers are shown, and those answers.</summary>
internal sealed class Stage(TestHost host, Client client, List<Answer> shown, SocialHost? social)
{
    public const string PublicUrl = "https://accounts.example.org";
    public const string Email = "ada@example.org";
    public const string Password = "plover-kettle-71-orbit";

    public TestHost Host => host;

    public Client Client => client;

    /// <summary>The host with its providers, in a scenario that has some.</summary>
    public SocialHost Social => social ?? throw new InvalidOperationException("The scenario has no providers.");

    /// <summary>Shows an answer. Where it sends a browser to the page of a flow or an error, that page's own request is shown next.</summary>
    public async Task<Answer> ShowAsync(Task<Answer> request)
    {
        var answer = await request;
        shown.Add(answer);
        if (client.Agent != Agent.Html || !answer.Location.StartsWith(PublicUrl, StringComparison.Ordinal))
            return answer;
        var page = new Uri(answer.Location);
        if (page.Query.StartsWith("?flow=", StringComparison.Ordinal))
            shown.Add(await client.GetAsync($"/self-service{page.AbsolutePath}/flows?id={page.Query["?flow=".Length..]}"));
        else if (page.AbsolutePath == "/error")
            shown.Add(await client.GetAsync($"/self-service/errors{page.Query}"));
        return answer;
    }

    public Task<Answer> ShowAsync(string path) => ShowAsync(client.GetAsync(path));

    public Task<Answer> ShowAsync(HttpMethod method, string path, string? json = null) =>
        ShowAsync(client.SendAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json")));

    /// <summary>Begins a flow as the client's kind does and shows the answer.</summary>
    public Task<Answer> ShowBeginningAsync(string kind, string query = "") => ShowAsync($"/self-service/{kind}/{(client.Agent == Agent.Native ? "api" : "browser")}{query}");

    /// <summary>Begins a flow and shows what comes of submitting these fields.</summary>
    public async Task<FlowView> ShowSubmissionAsync(string kind, params (string Name, string Value)[] fields)
    {
        var flow = await client.BeginAsync(kind);
        await ShowSubmissionAsync(kind, flow, fields);
        return flow;
    }

    public Task<Answer> ShowSubmissionAsync(string kind, FlowView flow, params (string Name, string Value)[] fields) => ShowAsync(SubmitAsync(kind, flow, fields));

    /// <summary>Sends a body as the client's kind does: a form from a page, JSON from everything else.</summary>
    public Task<Answer> ShowBodyAsync(string path, string form, string json) =>
        ShowAsync(client.Agent == Agent.Html ? client.PostAsync(path, form, "application/x-www-form-urlencoded") : client.PostAsync(path, json, "application/json"));

    /// <summary>Another client signs up, so that the account exists.</summary>
    public async Task RegisterSomebodyAsync()
    {
        using var other = host.NewClient(Agent.Native);
        (await other.RegisterAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The client signs up and is signed in.</summary>
    public async Task SignUpAsync() => ((int)(await client.RegisterAsync(Email, Password)).Status).ShouldBeLessThan(400);

    /// <summary>Submits fields without showing the answer.</summary>
    public Task<Answer> SubmitAsync(string kind, FlowView flow, params (string Name, string Value)[] fields) => client.SubmitAsync(kind, flow, WithToken(flow, fields));

    /// <summary>Completes a flow, and has the client forget what it got for that: the flow is closed, and the client is not signed in.</summary>
    public async Task CloseAsync(string kind, FlowView flow, params (string Name, string Value)[] fields)
    {
        var before = client.Cookies.ToArray();
        ((int)(await SubmitAsync(kind, flow, fields)).Status).ShouldBeLessThan(400);
        client.Cookies.Clear();
        foreach (var (name, value) in before)
            client.Cookies[name] = value;
    }

    /// <summary>Browsers and their scripts send the form's CSRF token, unless the scenario sends another.</summary>
    private (string Name, string Value)[] WithToken(FlowView flow, (string Name, string Value)[] fields) =>
        client.Agent == Agent.Native || fields.Any(f => f.Name == "csrf_token") ? fields : [("csrf_token", flow.CsrfToken), .. fields];
}
