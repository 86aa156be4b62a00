using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Tests.Kinds;

/// <summary>Kinds that are OAuth2 with endpoints of their own, against the shapes of their documented answers.</summary>
public sealed class OAuthKindTests
{
    private const string Token = """{"access_token":"at","token_type":"bearer"}""";

    [TestCase("user:email", "user:email,read:org", true)]
    [TestCase("user:email", "", false)]
    [TestCase("user:email", "read:user", false)]
    public async Task GitHub_WantsEveryScope(string asked, string granted, bool works)
    {
        await using var it = await GitHubAsync("github", granted);
        it.Settings.Scope = [.. asked.Split(' ')];
        var result = await it.RedeemAsync();
        if (works)
            result.Value().Claims.Email.ShouldBe("octocat@github.com");
        else
            result.Error().Reason.ShouldBe("Unable to finish because one or more permissions were not granted. Please retry and accept all permissions.");
    }

    [Test]
    public async Task GitHub_TakesThePrimaryAddress_NotTheOneThatIsShown()
    {
        await using var it = await GitHubAsync("github", "user:email");
        it.Settings.Scope = ["user:email"];
        await ShouldSayAsync(it, """
            {"iss":"https://github.com/login/oauth/access_token","sub":"583231","name":"monalisa octocat","nickname":"octocat","preferred_username":"octocat","profile":"https://github.com/octocat",
             "picture":"https://github.com/images/octocat.gif","website":"https://github.com/blog","email":"octocat@github.com","email_verified":true,"updated_at":1200276860}
            """);
        it.Calls.Single(c => c.What == "GET api.github.com/user").Headers["Authorization"].ShouldBe("Bearer at");
        it.Calls.Single(c => c.What == "POST github.com/login/oauth/access_token").Headers["Accept"].ShouldBe("application/json");
    }

    [Test]
    public async Task GitHub_WithoutTheScope_IsNotAskedForAddresses()
    {
        await using var it = await GitHubAsync("github", "");
        (await it.ClaimsAsync()).Email.ShouldBeNull();
        it.Calls.ShouldNotContain(c => c.What == "GET api.github.com/user/emails");
    }

    [Test]
    public async Task GitHub_WhoseErrorComesWithStatus200_IsRefused()
    {
        await using var it = await RecordedProvider.StartAsync("github");
        it.On("POST github.com/login/oauth/access_token", """{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired.","error_uri":"https://docs.github.com"}""");
        (await it.RedeemAsync()).Error().Code.ShouldBe(500);
    }

    [Test]
    public async Task GitHubApp_AsksForAddressesWithoutAScope()
    {
        await using var it = await GitHubAsync("github-app", "");
        (await it.ClaimsAsync()).Email.ShouldBe("octocat@github.com");
    }

    [Test]
    public async Task Facebook_IsAskedWithAProofOfTheSecret()
    {
        await using var it = await RecordedProvider.StartAsync("facebook");
        it.On("POST graph.facebook.com/oauth/access_token", Token).On("GET graph.facebook.com/me", """
            {"id":"10","name":"Some Body","first_name":"Some","last_name":"Body","email":"s@example.org","birthday":"04/23/1987","gender":"female",
             "picture":{"data":{"height":50,"is_silhouette":false,"url":"https://platform-lookaside.fbsbx.com/p","width":50}}}
            """);
        await ShouldSayAsync(it, """
            {"iss":"https://graph.facebook.com/me","sub":"10","name":"Some Body","given_name":"Some","family_name":"Body","last_name":"Body","nickname":"Some Body","preferred_username":"Some Body",
             "picture":"https://platform-lookaside.fbsbx.com/p","email":"s@example.org","email_verified":true,"gender":"female","birthdate":"1987-04-23"}
            """);
        // HMAC-SHA256 of "at" by "client-secret", made by another program.
        it.Calls[^1].Query.ShouldBe("?fields=id,name,first_name,last_name,middle_name,email,picture,birthday,gender&appsecret_proof=ea1a415f6593ac060cc40c82daa56b3c410b873ac6f42bc30bb6916e6329c0ad");
    }

    [Test]
    public Task Discord_SaysWho() => ShouldSayAsync("discord", "POST discord.com/api/v9/oauth2/token", """{"access_token":"at","scope":"identify email"}""", "GET discord.com/api/v9/users/@me", """
        {"id":"80351110224678912","username":"Nelly","discriminator":"1337","avatar":"8342729096ea3675442027381ff50dfe","verified":true,"email":"nelly@discord.com","locale":"en-US","flags":64}
        """, """
        {"iss":"https://discord.com/api/v9/oauth2/","sub":"80351110224678912","name":"Nelly#1337","nickname":"Nelly","preferred_username":"Nelly",
         "picture":"https://cdn.discordapp.com/avatars/80351110224678912/8342729096ea3675442027381ff50dfe.png","email":"nelly@discord.com","email_verified":true,"locale":"en-US"}
        """);

    [Test]
    public Task Slack_SaysWho() => ShouldSayAsync("slack", "POST slack.com/api/oauth.access", """{"ok":true,"access_token":"at","scope":"identity.basic,identity.email"}""", "GET slack.com/api/users.identity", """
        {"ok":true,"user":{"name":"Sonny","id":"U0G9QF9C6","email":"sonny@example.org","image_512":"https://a.example/512.jpg"},"team":{"id":"T0G9PQBBK"}}
        """, """
        {"iss":"https://slack.com/oauth/","sub":"U0G9QF9C6","name":"Sonny","nickname":"Sonny","preferred_username":"Sonny","picture":"https://a.example/512.jpg","email":"sonny@example.org",
         "email_verified":true,"team":"T0G9PQBBK"}
        """);

    [Test]
    public async Task Slack_ThatIsNotOk_IsRefused()
    {
        await using var it = await RecordedProvider.StartAsync("slack");
        it.On("POST slack.com/api/oauth.access", """{"ok":true,"access_token":"at"}""").On("GET slack.com/api/users.identity", """{"ok":false,"error":"invalid_auth"}""");
        (await it.RedeemAsync()).Error().Code.ShouldBe(502);
    }

    [Test]
    public Task Spotify_SaysWho() => ShouldSayAsync("spotify", "POST accounts.spotify.com/api/token", """{"access_token":"at","scope":"user-read-email"}""", "GET api.spotify.com/v1/me", """
        {"id":"wizzler","display_name":"JM Wizzler","email":"e@example.org","images":[{"url":"https://i.example/1","height":null}],"external_urls":{"spotify":"https://open.spotify.com/user/wizzler"}}
        """, """
        {"iss":"https://accounts.spotify.com/api/token","sub":"wizzler","name":"JM Wizzler","nickname":"JM Wizzler","profile":"https://open.spotify.com/user/wizzler","picture":"https://i.example/1","email":"e@example.org"}
        """);

    [Test]
    public async Task LinkedIn_SaysWho()
    {
        await using var it = await RecordedProvider.StartAsync("linkedin");
        it.On("POST www.linkedin.com/oauth/v2/accessToken", Token)
            .On("GET api.linkedin.com/v2/emailAddress", """{"elements":[{"handle":"urn:li:emailAddress:1","handle~":{"emailAddress":"t@example.org"}}]}""")
            .On("GET api.linkedin.com/v2/me", """
                {"id":"yrZCpj2Z12","firstName":{"localized":{"de_DE":"Dora","en_US":"Tina"},"preferredLocale":{"country":"US","language":"en"}},
                 "lastName":{"localized":{"en_US":"Belcher"},"preferredLocale":{"country":"DE","language":"de"}},
                 "profilePicture":{"displayImage~":{"elements":[{"identifiers":[{"identifier":"https://m.example/100"}]},{"identifiers":[{"identifier":"https://m.example/200"}]},
                 {"identifiers":[{"identifier":"https://m.example/400"}]},{"identifiers":[{"identifier":"https://m.example/800"}]}]}}}
                """);
        await ShouldSayAsync(it, """{"iss":"https://login.linkedin.com/","sub":"yrZCpj2Z12","given_name":"Tina","last_name":"Belcher","picture":"https://m.example/400","email":"t@example.org"}""");
    }

    [Test]
    public Task Vk_SaysWho() => ShouldSayAsync("vk", "POST oauth.vk.com/access_token", """{"access_token":"at","user_id":1,"email":"v@example.org"}""", "GET api.vk.com/method/users.get", """
        {"response":[{"id":210700286,"first_name":"Lindsey","last_name":"Stirling","nickname":"L","sex":1,"bdate":"21.9.1986","photo_200":"https://p.example/200"}]}
        """, """
        {"iss":"https://api.vk.com/method/users.get","sub":"210700286","given_name":"Lindsey","family_name":"Stirling","nickname":"L","picture":"https://p.example/200","email":"v@example.org","gender":"female","birthdate":"21.9.1986"}
        """);

    [Test]
    public async Task Yandex_IsToldTheTokenInAHeader()
    {
        await using var it = await RecordedProvider.StartAsync("yandex");
        it.On("POST oauth.yandex.com/token", Token).On("GET login.yandex.ru/info", """
            {"id":"1000034426","login":"ivan","default_email":"test@yandex.ru","real_name":"Ivan Ivanov","first_name":"Ivan","last_name":"Ivanov","is_avatar_empty":false,"default_avatar_id":"131652443","sex":"male","birthday":"1987-03-12"}
            """);
        await ShouldSayAsync(it, """
            {"iss":"https://login.yandex.ru/info","sub":"1000034426","name":"Ivan Ivanov","given_name":"Ivan","family_name":"Ivanov","nickname":"ivan",
             "picture":"https://avatars.yandex.net/get-yapic/131652443/islands-200","email":"test@yandex.ru","gender":"male","birthdate":"1987-03-12"}
            """);
        (it.Calls[^1].Query, it.Calls[^1].Headers["Authorization"]).ShouldBe(("?format=json", "OAuth at"));
    }

    [Test]
    public async Task DingTalk_ExchangesCodesByJson()
    {
        await using var it = await RecordedProvider.StartAsync("dingtalk");
        it.On("POST api.dingtalk.com/v1.0/oauth2/userAccessToken", """{"accessToken":"at","refreshToken":"rt","expireIn":7200,"corpId":"c"}""")
            .On("GET api.dingtalk.com/v1.0/contact/users/me", """{"nick":"zhangsan","avatarUrl":"https://a.example/z.jpg","mobile":"150","openId":"123","unionId":"z21","email":"z@example.org","stateCode":"86"}""");
        var grant = (await it.RedeemAsync()).Value();
        ShouldBeClaims(grant.Claims, """
            {"iss":"https://api.dingtalk.com/v1.0/contact/users/me","sub":"123","name":"zhangsan","nickname":"zhangsan","picture":"https://a.example/z.jpg","email":"z@example.org"}
            """);
        (grant.Tokens.AccessToken, grant.Tokens.RefreshToken).ShouldBe(("at", "rt"));
        it.Calls[0].Body.ShouldBe("""{"clientId":"client","clientSecret":"client-secret","code":"code","grantType":"authorization_code"}""");
        it.Calls[1].Headers["x-acs-dingtalk-access-token"].ShouldBe("at");
    }

    [Test]
    public Task Patreon_SaysWho() => ShouldSayAsync("patreon", "POST www.patreon.com/api/oauth2/token", Token, "GET www.patreon.com/api/oauth2/v2/identity", """
        {"data":{"attributes":{"email":"p@example.org","is_email_verified":true,"first_name":"Pat","last_name":"Reon","full_name":"Pat Reon","image_url":"https://c.example/1","url":"https://www.patreon.com/pat"},"id":"12345689","type":"user"}}
        """, """
        {"iss":"https://www.patreon.com/","sub":"12345689","name":"Pat Reon","given_name":"Pat","family_name":"Reon","last_name":"Reon","profile":"https://www.patreon.com/pat","picture":"https://c.example/1","email":"p@example.org","email_verified":true}
        """);

    [Test]
    public Task Amazon_SaysWho() => ShouldSayAsync("amazon", "POST api.amazon.com/auth/o2/token", Token, "GET api.amazon.com/user/profile", """
        {"user_id":"amzn1.account.K2LI23KL2LK2","email":"j@example.com","name":"John Doe","postal_code":"98101"}
        """, """
        {"iss":"https://api.amazon.com/auth/o2/token","sub":"amzn1.account.K2LI23KL2LK2","name":"John Doe","email":"j@example.com","zoneinfo":"98101"}
        """);

    [Test]
    public Task Lark_SaysWho() => ShouldSayAsync("lark", "POST passport.feishu.cn/suite/passport/oauth/token", Token, "GET passport.feishu.cn/suite/passport/oauth/userinfo", """
        {"sub":"ou_x","name":"zhangsan","open_id":"ou_x","union_id":"on_d","avatar_url":"https://a.example/l.png","email":"l@example.org","mobile":"+86150"}
        """, """
        {"iss":"https://passport.feishu.cn/suite/passport/oauth/userinfo","sub":"ou_x","name":"zhangsan","nickname":"zhangsan","picture":"https://a.example/l.png","email":"l@example.org","phone_number":"+86150"}
        """);

    [TestCase("gitlab", "", "gitlab.com/oauth/token", "gitlab.com/oauth/userinfo", "https://gitlab.com")]
    [TestCase("gitlab", "https://git.example/", "git.example/oauth/token", "git.example/oauth/userinfo", "https://git.example/")]
    [TestCase("auth0", "https://x.auth0.com/", "x.auth0.com/oauth/token", "x.auth0.com/userinfo", "https://x.auth0.com/")]
    [TestCase("salesforce", "https://login.salesforce.com", "login.salesforce.com/services/oauth2/token", "login.salesforce.com/services/oauth2/userinfo", "https://login.salesforce.com")]
    public async Task UserinfoEndpoint_SaysWho(string kind, string issuer, string token, string userinfo, string expected)
    {
        await using var it = await RecordedProvider.StartAsync(kind);
        it.Settings.IssuerUrl = issuer;
        it.On("POST " + token, Token).On("GET " + userinfo, """{"sub":"7","name":"N","email":"u@example.org","email_verified":true,"updated_at":"2016-12-08T15:26:40Z"}""");
        await ShouldSayAsync(it, $$"""{"iss":"{{expected}}","sub":"7","name":"N","email":"u@example.org","email_verified":true,"updated_at":1481210800}""");
    }

    [Test]
    public async Task UserinfoEndpoint_ThatNamesItsIssuer_Counts()
    {
        await using var it = await RecordedProvider.StartAsync("gitlab");
        it.On("POST gitlab.com/oauth/token", Token).On("GET gitlab.com/oauth/userinfo", """{"iss":"https://named.example","sub":"7"}""");
        (await it.ClaimsAsync()).Issuer.ShouldBe("https://named.example");
    }

    [Test]
    public async Task UaePass_SaysWho()
    {
        await using var it = await RecordedProvider.StartAsync("uaepass");
        it.On("POST id.uaepass.ae/idshub/token", Token).On("GET id.uaepass.ae/idshub/userinfo", """{"sub":"UAEPASS/1","fullnameEN":"A B C","firstnameEN":"A","lastnameEN":"C","email":"u@example.org","mobile":"971500000000","gender":"Male"}""");
        var claims = await it.ClaimsAsync();
        claims.RawClaims!["fullnameEN"]!.GetValue<string>().ShouldBe("A B C");
        ShouldBeClaims(claims with { RawClaims = null }, """
            {"iss":"https://id.uaepass.ae","sub":"UAEPASS/1","name":"A B C","given_name":"A","family_name":"C","last_name":"C","email":"u@example.org","gender":"Male","phone_number":"971500000000"}
            """);
        it.Calls[0].Headers["Authorization"].ShouldStartWith("Basic ");
    }

    [Test]
    public async Task Answer_WithoutASubject_IsRefused()
    {
        await using var it = await RecordedProvider.StartAsync("spotify");
        it.On("POST accounts.spotify.com/api/token", Token).On("GET api.spotify.com/v1/me", """{"display_name":"nobody"}""");
        (await it.RedeemAsync()).Error().Reason.ShouldBe("provider did not return a subject");
    }

    [Test]
    public async Task Answer_WithAnotherStatus_IsTold()
    {
        await using var it = await RecordedProvider.StartAsync("spotify");
        it.On("POST accounts.spotify.com/api/token", Token);
        (await it.RedeemAsync()).Error().Reason.ShouldBe("OpenID Connect provider returned a 404 status code but 200 is expected.");
        it.Log.Lines.ShouldHaveSingleItem();
    }

    private static async Task<RecordedProvider> GitHubAsync(string kind, string granted)
    {
        var it = await RecordedProvider.StartAsync(kind);
        return it.On("POST github.com/login/oauth/access_token", $$"""{"access_token":"at","scope":"{{granted}}","token_type":"bearer"}""")
            .On("GET api.github.com/user", """
                {"login":"octocat","id":583231,"avatar_url":"https://github.com/images/octocat.gif","html_url":"https://github.com/octocat","type":"User","site_admin":false,"name":"monalisa octocat",
                 "company":"GitHub","blog":"https://github.com/blog","email":"shown@example.org","updated_at":"2008-01-14T02:14:20Z"}
                """)
            .On("GET api.github.com/user/emails", """
                [{"email":"other@example.org","primary":false,"verified":true,"visibility":null},{"email":"octocat@github.com","primary":true,"verified":true,"visibility":"public"},
                 {"email":"last@example.org","primary":false,"verified":false,"visibility":null}]
                """);
    }

    private static async Task ShouldSayAsync(string kind, string tokenCall, string tokenAnswer, string profileCall, string profileAnswer, string claims)
    {
        await using var it = await RecordedProvider.StartAsync(kind);
        it.On(tokenCall, tokenAnswer).On(profileCall, profileAnswer);
        await ShouldSayAsync(it, claims);
    }

    private static async Task ShouldSayAsync(RecordedProvider it, string claims) => ShouldBeClaims(await it.ClaimsAsync(), claims);

    private static void ShouldBeClaims(Oidc.Claims.ProviderClaims claims, string expected) => claims.ToJson().OrderBy(m => m.Key).Select(m => $"{m.Key}={m.Value}")
        .ShouldBe(JsonNode.Parse(expected)!.AsObject().OrderBy(m => m.Key).Select(m => $"{m.Key}={m.Value}"));
}
