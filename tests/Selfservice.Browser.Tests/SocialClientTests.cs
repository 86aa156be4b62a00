using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Selfservice.Browser.Tests;

/// <summary>The same by scripts and by native apps.</summary>
public sealed partial class SocialClientTests : SocialTests
{
    // What an app listens at; nothing has to.
    private const string AppUrl = "http://127.0.0.1:9/app";

    private readonly List<HttpClient> _clients = [];

    [TearDown]
    public void CloseClients()
    {
        _clients.ForEach(c => c.Dispose());
        _clients.Clear();
    }

    [Test]
    public async Task Script_SignsUpAndIn()
    {
        var email = NewEmail();
        foreach (var kind in (string[])["registration", "login"])
        {
            var browser = NewClient();
            var flow = await GetAsync(browser, $"/self-service/{kind}/browser");
            var start = await SubmitAsync(browser, flow, HttpStatusCode.UnprocessableEntity, new() { ["method"] = "oidc", ["provider"] = "first", ["csrf_token"] = TokenOf(flow) });
            using var back = await NavigateAsync(browser, await WalkAsync(NewClient(), RedirectOf(start), email));
            back.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

            var session = await GetAsync(browser, "/sessions/whoami");
            session.GetProperty("identity").GetProperty("traits").GetProperty("email").GetString().ShouldBe(email);
            session.GetProperty("authentication_methods")[0].GetProperty("provider").GetString().ShouldBe("first");
        }
    }

    [Test]
    public async Task App_ExchangesItsCodesOnce()
    {
        var (app, email) = (NewClient(), NewEmail());
        var flow = await GetAsync(app, $"/self-service/login/api?return_session_token_exchange_code=true&return_to={Uri.EscapeDataString(AppUrl)}");
        var start = await SubmitAsync(app, flow, HttpStatusCode.UnprocessableEntity, new() { ["method"] = "oidc", ["provider"] = "first" });
        // The system's browser comes back without any cookie of the app.
        using var back = await NavigateAsync(NewClient(), await WalkAsync(NewClient(), RedirectOf(start), email));
        back.Headers.Location.ShouldNotBeNull().GetLeftPart(UriPartial.Path).ShouldBe(AppUrl);
        back.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var codes = $"/sessions/token-exchange?init_code={flow.GetProperty("session_token_exchange_code").GetString()}&return_to_{back.Headers.Location.Query.TrimStart('?')}";

        var token = (await GetAsync(app, codes)).GetProperty("session_token").GetString().ShouldNotBeNull();

        (await EmailOfAsync(token)).ShouldBe(email);
        using var again = await app.GetAsync(new Uri(codes, UriKind.Relative));
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task App_WithAnIdToken_SignsUpWithoutABrowser()
    {
        var (app, email) = (NewClient(), NewEmail());
        var flow = await GetAsync(app, "/self-service/registration/api");
        var idToken = (await GetAsync(app, $"{Providers.First}/id_token?email={email}&nonce=of-this-app")).GetProperty("id_token").GetString()!;
        Dictionary<string, string> body = new() { ["method"] = "oidc", ["provider"] = "first", ["id_token"] = idToken, ["id_token_nonce"] = "of-this-app" };

        var done = await SubmitAsync(app, flow, HttpStatusCode.OK, body);

        (await EmailOfAsync(done.GetProperty("session_token").GetString()!)).ShouldBe(email);
    }

    [Test]
    public async Task App_WithAnIdTokenForAnotherNonce_IsRefused()
    {
        var app = NewClient();
        var flow = await GetAsync(app, "/self-service/registration/api");
        var idToken = (await GetAsync(app, $"{Providers.First}/id_token?email={NewEmail()}&nonce=of-another-app")).GetProperty("id_token").GetString()!;
        Dictionary<string, string> body = new() { ["method"] = "oidc", ["provider"] = "first", ["id_token"] = idToken, ["id_token_nonce"] = "of-this-app" };

        (await SubmitAsync(app, flow, HttpStatusCode.BadGateway, body)).GetRawText().ShouldNotContain("session_token");
    }

    private protected override async Task<IReadOnlyDictionary<string, string?>> PrepareAsync() =>
        new Dictionary<string, string?>(await base.PrepareAsync()) { ["Selfservice:AllowedReturnUrls:0"] = AppUrl };

    /// <summary>A client with cookies of its own.</summary>
    private HttpClient NewClient()
    {
        // The handler belongs to the client, which disposes it; there are no certificates here.
#pragma warning disable CA5399
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = new Uri(Address) };
#pragma warning restore CA5399
        client.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _clients.Add(client);
        return client;
    }

    /// <summary>Goes to a page as a browser does, whatever scripts ask for.</summary>
    private static async Task<HttpResponseMessage> NavigateAsync(HttpClient browser, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new("text/html"));
        return await browser.SendAsync(request);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string url)
    {
        using var response = await client.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> SubmitAsync(HttpClient client, JsonElement flow, HttpStatusCode expected, Dictionary<string, string> body)
    {
        using var response = await client.PostAsJsonAsync(new Uri(flow.GetProperty("ui").GetProperty("action").GetString()!), body);
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string RedirectOf(JsonElement answer) => answer.GetProperty("redirect_browser_to").GetString()!;

    private static string TokenOf(JsonElement flow) =>
        flow.GetProperty("ui").GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("attributes")).Single(a => a.GetProperty("name").GetString() == "csrf_token").GetProperty("value").GetString()!;

    private async Task<string?> EmailOfAsync(string token)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Add("X-Session-Token", token);
        return (await GetAsync(client, "/sessions/whoami")).GetProperty("identity").GetProperty("traits").GetProperty("email").GetString();
    }

    /// <summary>Signs in at the provider; the address that it sends the browser back to.</summary>
    private async Task<Uri> WalkAsync(HttpClient browser, string location, string email)
    {
        var url = new Uri(location);
        while (!url.AbsoluteUri.StartsWith(Address, StringComparison.Ordinal))
        {
            using var response = await browser.GetAsync(url);
            if (response.Headers.Location is { } next)
            {
                url = new Uri(url, next);
                continue;
            }

            using var answer = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = email, ["name"] = "Ada Lovelace", ["verified"] = "on", ["answer"] = "continue" });
            using var answered = await browser.PostAsync(new Uri(url, ActionPattern.Match(await response.Content.ReadAsStringAsync()).Groups[1].Value), answer);
            url = new Uri(url, answered.Headers.Location.ShouldNotBeNull());
        }

        return url;
    }

    [GeneratedRegex("action=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex ActionPattern { get; }
}
