using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Hosting.Tests;

/// <summary>The classes of clients that the contract tells apart.</summary>
public enum Agent
{
    /// <summary>A browser that loads pages.</summary>
    Html,

    /// <summary>A script in a browser.</summary>
    Ajax,

    /// <summary>An application without cookies.</summary>
    Native,
}

/// <summary>A client that follows nothing and keeps cookies by hand, so that a test sees and may change all it sends.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient _http;

    public Client(string url, Agent agent)
    {
        Agent = agent;
        // The client disposes its handler; there are no certificates here.
#pragma warning disable CA5399
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url) };
#pragma warning restore CA5399
    }

    public Agent Agent { get; }

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Headers of every request; they replace those of the agent.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public string? SessionToken { get; set; }

    public string SessionCookieName => Cookies.Keys.Single(k => k.Contains("session", StringComparison.Ordinal));

    public string CsrfCookieName => Cookies.Keys.Single(k => k.Contains("csrf_token_", StringComparison.Ordinal));

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(HttpMethod.Post, path, content);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", Agent == Agent.Html ? "text/html" : "application/json");
        if (Cookies.Count > 0 && !Headers.ContainsKey("Cookie"))
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(c => c.Key + "=" + c.Value)));
        if (SessionToken is not null)
            request.Headers.TryAddWithoutValidation("X-Session-Token", SessionToken);
        foreach (var (name, value) in Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers, response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [])
        {
            Request = $"{method} {path}",
            ContentHeaders = response.Content.Headers,
        };
        foreach (var line in answer.SetCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    /// <summary>Begins a flow as this agent does and reads it.</summary>
    public async Task<FlowView> BeginAsync(string kind, string query = "")
    {
        var created = await GetAsync($"/self-service/{kind}/{(Agent == Agent.Native ? "api" : "browser")}{query}");
        if (Agent != Agent.Html)
        {
            created.Status.ShouldBe(HttpStatusCode.OK, created.Body);
            return new FlowView(created.Json);
        }

        created.Status.ShouldBe(HttpStatusCode.SeeOther, created.Body);
        return await ShowAsync(kind, created.Location[(created.Location.IndexOf("flow=", StringComparison.Ordinal) + 5)..]);
    }

    public async Task<FlowView> ShowAsync(string kind, string id)
    {
        var shown = await GetAsync($"/self-service/{kind}/flows?id={id}");
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Body);
        return new FlowView(shown.Json);
    }

    /// <summary>Submits fields as this agent does: a form from a page, JSON from everything else.</summary>
    public Task<Answer> SubmitAsync(string kind, FlowView flow, params (string Name, string Value)[] fields)
    {
        var path = $"/self-service/{kind}?flow={flow.Id}";
        if (Agent == Agent.Html)
            return SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        var body = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (name.StartsWith("traits.", StringComparison.Ordinal))
                (body["traits"] ??= new JsonObject())[name["traits.".Length..]] = value;
            else
                body[name] = value;
        }

        return PostAsync(path, body.ToJsonString(), "application/json");
    }

    public static (string Name, string Value)[] RegistrationOf(FlowView flow, string email, string password) =>
        [("method", "password"), ("csrf_token", flow.CsrfToken), ("traits.email", email), ("password", password)];

    public static (string Name, string Value)[] LoginOf(FlowView flow, string email, string password) =>
        [("method", "password"), ("csrf_token", flow.CsrfToken), ("identifier", email), ("password", password)];

    public async Task<Answer> RegisterAsync(string email, string password)
    {
        var flow = await BeginAsync("registration");
        return Keep(await SubmitAsync("registration", flow, RegistrationOf(flow, email, password)));
    }

    public async Task<Answer> LogInAsync(string email, string password)
    {
        var flow = await BeginAsync("login");
        return Keep(await SubmitAsync("login", flow, LoginOf(flow, email, password)));
    }

    public async Task<Answer> LogOutAsync()
    {
        if (Agent == Agent.Native)
        {
            using var content = new StringContent($$"""{"session_token":"{{SessionToken}}"}""", Encoding.UTF8, "application/json");
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return await SendAsync(HttpMethod.Delete, "/self-service/logout/api", content);
        }

        var link = (await GetAsync("/self-service/logout/browser")).Json.GetProperty("logout_url").GetString()!;
        return await GetAsync(link);
    }

    public Task<Answer> WhoamiAsync() => GetAsync("/sessions/whoami");

    public void Dispose() => _http.Dispose();

    private Answer Keep(Answer answer)
    {
        if (answer.Body.StartsWith('{') && answer.Json.TryGetProperty("session_token", out var token))
            SessionToken = token.GetString();
        return answer;
    }
}

internal sealed record Answer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, string[] SetCookies)
{
    /// <summary>Method and path of the request.</summary>
    public string Request { get; init; } = "";

    public HttpContentHeaders? ContentHeaders { get; init; }

    public JsonElement Json => JsonElement.Parse(Body);

    public string Location => Headers.Location?.OriginalString ?? "";
}

internal sealed record FlowView(JsonElement Json)
{
    public string Id => Json.GetProperty("id").GetString()!;

    public string CsrfToken => Json.GetProperty("ui").GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("attributes"))
        .First(a => a.GetProperty("name").GetString() == "csrf_token").GetProperty("value").GetString()!;
}
