using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Tests.Kinds;

/// <summary>Kinds that are OpenID Connect with something odd about it, against the shapes of their documented answers.</summary>
public sealed class OpenIdKindTests
{
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    private const string Microsoft = "https://login.microsoftonline.com/";
    private static readonly SigningKey Key = new("k");

    [Test]
    public async Task Apple_TakesASecretThatIsSigned_AndTheNameOnceFromTheForm()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var it = await AppleAsync(own);
        it.Parameters["user"] = """{"name":{"firstName":"Some","lastName":"Body"},"email":"attacker@example.org"}""";
        var claims = await it.ClaimsAsync();
        (claims.Subject, claims.GivenName, claims.FamilyName, claims.LastName).ShouldBe(("001", "Some", "Body", "Body"));
        // The form is not signed.
        (claims.Email, claims.EmailVerified).ShouldBe(("a@privaterelay.appleid.com", true));
        var secret = new JsonWebToken(it.Calls.Single(c => c.What.StartsWith("POST", StringComparison.Ordinal)).Form["client_secret"]);
        (secret.Alg, secret.Kid, secret.Issuer, secret.Subject, secret.Audiences.Single()).ShouldBe(("ES256", "key id", "team", "client", "https://appleid.apple.com"));
        (secret.ValidTo - secret.IssuedAt).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [TestCase("no JSON")]
    [TestCase("[]")]
    [TestCase("""{"name":"x"}""")]
    public async Task Apple_WithAFormThatMakesNoSense_IsTakenWithoutAName(string user)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var it = await AppleAsync(own);
        it.Parameters["user"] = user;
        (await it.ClaimsAsync()).GivenName.ShouldBeNull();
    }

    [TestCase("common", Microsoft + "{tenantid}/v2.0", Tenant, Tenant, null)]
    [TestCase("common", Microsoft + "{tenantid}/v2.0", Tenant, "9188040d-6c67-4c5b-b112-36a304b66dad", "its issuer is not the provider")]
    [TestCase("common", Microsoft + "{tenantid}/v2.0", "../x", "../x", "TenantID claim is not a valid UUID")]
    [TestCase("contoso.example", Microsoft + Tenant + "/v2.0", Tenant, Tenant, null)]
    [TestCase("contoso.example", Microsoft + Tenant + "/v2.0", "9188040d-6c67-4c5b-b112-36a304b66dad", "9188040d-6c67-4c5b-b112-36a304b66dad", "its issuer is not the provider")]
    public async Task Microsoft_TakesTokensOfTheTenant(string configured, string announced, string tid, string issuer, string? reason)
    {
        await using var it = await MicrosoftAsync(configured, announced, tid, issuer);
        var result = await it.RedeemAsync();
        if (reason is null)
            result.Value().Claims.Subject.ShouldBe("sub-of-app");
        else
            result.Error().Reason.ShouldBe($"The id_token of the OpenID Connect provider was not accepted: {reason}.");
    }

    [Test]
    public async Task Microsoft_WithADocumentOfAnother_IsRefused()
    {
        await using var it = await MicrosoftAsync("common", "https://attacker.example/{tenantid}/v2.0", Tenant, Tenant);
        (await it.RedeemAsync()).Error().Id.ShouldBe("invalid_configuration");
    }

    [TestCase(SubjectSource.Userinfo, "sub-of-app")]
    [TestCase(SubjectSource.Oid, "object-id")]
    [TestCase(SubjectSource.Me, "graph-id")]
    public async Task Microsoft_HasThreeNamesForOneAccount(SubjectSource source, string subject)
    {
        await using var it = await MicrosoftAsync("common", Microsoft + "{tenantid}/v2.0", Tenant, Tenant);
        it.On("GET graph.microsoft.com/v1.0/me", """{"displayName":"Some Body","mail":null,"userPrincipalName":"s@contoso.example","id":"graph-id"}""");
        it.Settings.SubjectSource = source;
        (await it.ClaimsAsync()).Subject.ShouldBe(subject);
    }

    [TestCase("https://accounts.google.com")]
    [TestCase("accounts.google.com")]
    public async Task Google_HasTwoNames(string issuer)
    {
        await using var it = await RecordedProvider.StartAsync("google");
        it.Settings.IssuerUrl = "https://ignored.example";
        it.OnOpenId("https://accounts.google.com", "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token", Key)
            .On("POST oauth2.googleapis.com/token", _ => $$"""{"access_token":"at","expires_in":3599,"scope":"openid","token_type":"Bearer","id_token":"{{it.IdToken(Key, issuer, "\"sub\":\"110169484474386276334\",\"hd\":\"example.org\",\"email_verified\":true")}}"}""");
        var claims = await it.ClaimsAsync();
        (claims.Subject, claims.HostedDomain, claims.Issuer).ShouldBe(("110169484474386276334", "example.org", issuer));
    }

    [Test]
    public async Task Line_IsAskedForTokensThatAKeyPairSigns()
    {
        await using var it = await RecordedProvider.StartAsync("line");
        it.OnOpenId("https://access.line.me", "https://access.line.me/oauth2/v2.1/authorize", "https://api.line.me/oauth2/v2.1/token", Key)
            .On("POST api.line.me/oauth2/v2.1/token", _ => $$"""{"access_token":"at","id_token":"{{it.IdToken(Key, "https://access.line.me", "\"sub\":\"U1\"")}}"}""");
        (await it.ClaimsAsync()).Subject.ShouldBe("U1");
        it.Calls.Single(c => c.What.StartsWith("POST", StringComparison.Ordinal)).Form["id_token_key_type"].ShouldBe("JWK");
    }

    private static async Task<RecordedProvider> AppleAsync(ECDsa own)
    {
        var it = await RecordedProvider.StartAsync("apple");
        it.Settings.ClientSecret = "";
        (it.Settings.AppleTeamId, it.Settings.ApplePrivateKeyId, it.Settings.ApplePrivateKey) = ("team", "key id", own.ExportPkcs8PrivateKeyPem());
        return it.OnOpenId("https://appleid.apple.com", "https://appleid.apple.com/auth/authorize", "https://appleid.apple.com/auth/token", Key)
            .On("POST appleid.apple.com/auth/token", _ => $$"""{"access_token":"at","token_type":"Bearer","expires_in":3600,"refresh_token":"rt","id_token":"{{
                it.IdToken(Key, "https://appleid.apple.com", "\"sub\":\"001\",\"email\":\"a@privaterelay.appleid.com\",\"email_verified\":\"true\",\"is_private_email\":\"true\",\"nonce_supported\":true")}}"}""");
    }

    private static async Task<RecordedProvider> MicrosoftAsync(string configured, string announced, string tid, string issuer)
    {
        var it = await RecordedProvider.StartAsync("microsoft");
        it.Settings.MicrosoftTenant = configured;
        return it.OnOpenId($"{Microsoft}{configured}/v2.0", $"{Microsoft}{configured}/oauth2/v2.0/authorize", $"{Microsoft}{configured}/oauth2/v2.0/token", Key, announced)
            .On($"POST login.microsoftonline.com/{configured}/oauth2/v2.0/token", _ => $$"""{"access_token":"at","id_token":"{{
                it.IdToken(Key, $"{Microsoft}{issuer}/v2.0", $"\"sub\":\"sub-of-app\",\"oid\":\"object-id\",\"tid\":\"{tid}\",\"ver\":\"2.0\"")}}"}""");
    }
}
