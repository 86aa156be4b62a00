using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Tests.Kinds;

/// <summary>X speaks OAuth 1.0a.</summary>
public sealed class XTests
{
    // RFC 5849, 3.4.1.1, without a3 of its form.
    [Test]
    public void BaseString_IsThatOfTheStandard() => OAuth1.BaseString(HttpMethod.Post, "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", new Dictionary<string, string>
    {
        ["oauth_consumer_key"] = "9djdj82h48djs9d2",
        ["oauth_token"] = "kkk9d7dh3k39sjv7",
        ["oauth_signature_method"] = "HMAC-SHA1",
        ["oauth_timestamp"] = "137131201",
        ["oauth_nonce"] = "7d8f3e4a",
        ["c2"] = "",
    }).ShouldBe(
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
        + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");

    // RFC 5849, 1.2.
    [Test]
    public void Signature_IsThatOfTheStandard() => OAuth1.Sign(
        OAuth1.BaseString(HttpMethod.Get, "http://photos.example.net/photos?file=vacation.jpg&size=original", new Dictionary<string, string>
        {
            ["oauth_consumer_key"] = "dpf43f3p2l4k3l03",
            ["oauth_token"] = "nnch734d00sl2jdk",
            ["oauth_signature_method"] = "HMAC-SHA1",
            ["oauth_timestamp"] = "137131202",
            ["oauth_nonce"] = "chapoH",
        }), "kd94hf93k423kf44", "pfkkdhi9sl3r4s00").ShouldBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");

    [Test]
    public async Task SignIn_GoesByARequestToken()
    {
        await using var it = await XAsync();
        var start = (await it.Provider().StartAsync(new("state", "nonce", "verifier", RecordedProvider.Callback, false, new Dictionary<string, string>()), CancellationToken.None)).Value();
        start.Location.ShouldBe("https://api.twitter.com/oauth/authenticate?oauth_token=rt");
        it.Calls[0].Headers["Authorization"].ShouldContain(Uri.EscapeDataString(RecordedProvider.Callback + "?code=unused&state=state"));
        (it.Parameters["oauth_token"], it.Parameters["oauth_verifier"]) = ("rt", "v");
        it.Settings.Scope = ["email"];
        var claims = await it.ClaimsAsync(start.Keep);
        (claims.Subject, claims.PreferredUsername, claims.Email, claims.EmailVerified).ShouldBe(("38895958", "theSeanCook", "s@example.org", true));
        it.Calls[^1].Query.ShouldBe("?include_email=true");
        it.Calls[^1].Headers["Authorization"].ShouldContain("oauth_token=\"at\"");
    }

    /// <summary>Somebody's answer is given to another's browser, which keeps another request token.</summary>
    [TestCase("another", "v", "oauth_token=rt&oauth_token_secret=rs")]
    [TestCase("rt", null, "oauth_token=rt&oauth_token_secret=rs")]
    [TestCase("rt", "v", null)]
    public async Task Answer_OfAnotherRequestToken_IsRefused(string token, string? verifier, string? keep)
    {
        await using var it = await XAsync();
        it.Parameters["oauth_token"] = token;
        if (verifier is not null)
            it.Parameters["oauth_verifier"] = verifier;
        (await it.RedeemAsync(keep)).Error().Code.ShouldBe(500);
        it.Calls.ShouldBeEmpty();
    }

    [Test]
    public async Task Denial_IsTold()
    {
        await using var it = await XAsync();
        it.Parameters["denied"] = "rt";
        (await it.RedeemAsync("oauth_token=rt&oauth_token_secret=rs")).Error().Code.ShouldBe(400);
    }

    private static async Task<RecordedProvider> XAsync() => (await RecordedProvider.StartAsync("x"))
        .On("POST api.twitter.com/oauth/request_token", "oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true")
        .On("POST api.twitter.com/oauth/access_token", "oauth_token=at&oauth_token_secret=as&user_id=38895958&screen_name=theSeanCook")
        .On("GET api.twitter.com/1.1/account/verify_credentials.json", """{"id":38895958,"id_str":"38895958","name":"Sean Cook","screen_name":"theSeanCook","profile_image_url_https":"https://p.example/1","url":null,"email":"s@example.org"}""");
}
