namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Kinds that OpenID Connect describes completely.</summary>
internal static class OpenIdKinds
{
    /// <summary>Any provider with a discovery document.</summary>
    public static ProviderKind Generic { get; } = new() { Name = "generic", IsOpenId = true, PromptOnReauthentication = "login", SendsRequestedClaims = true };

    public static ProviderKind Google { get; } = Generic with
    {
        Name = "google",
        Issuer = "https://accounts.google.com",
        HasFixedIssuer = true,
        OtherIssuers = ["accounts.google.com"],
        AcceptsIdTokens = true,
        // Tokens of Google's libraries for apps have none.
        IdTokenMayLackNonce = _ => true,
        AdjustAuthorization = AskForOfflineAccess,
    };

    /// <summary>Its ID tokens have no nonce.</summary>
    public static ProviderKind LinkedInV2 { get; } = Generic with { Name = "linkedin_v2", Issuer = "https://www.linkedin.com/oauth", HasFixedIssuer = true, TakesUserinfo = true, ReturnsNonce = false };

    /// <summary>Without the parameter its ID tokens are signed with the client secret.</summary>
    public static ProviderKind Line { get; } = Generic with
    {
        Name = "line",
        Issuer = "https://access.line.me",
        HasFixedIssuer = true,
        TokenParameters = new Dictionary<string, string> { ["id_token_key_type"] = "JWK" },
    };

    public static ProviderKind NetId { get; } = Generic with { Name = "netid", Issuer = "https://broker.netid.de/", HasFixedIssuer = true, TakesUserinfo = true };

    /// <summary>A bridge to SAML; its endpoints are configured by <c>AuthUrl</c> and <c>TokenUrl</c>.</summary>
    public static ProviderKind Jackson { get; } = Generic with { Name = "jackson" };

    // Google has a parameter in place of the scope.
    private static void AskForOfflineAccess(ProviderOptions options, IDictionary<string, string> query)
    {
        const string Scope = "offline_access";
        var scopes = query["scope"].Split(' ');
        if (!scopes.Contains(Scope))
            return;
        query["scope"] = string.Join(' ', scopes.Where(s => s != Scope));
        query["access_type"] = "offline";
    }
}
