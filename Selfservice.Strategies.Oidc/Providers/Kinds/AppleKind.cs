using System.Text;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Apple: the client secret is a statement signed with a key, and the name comes beside the code, once, when somebody signs in for the first time.</summary>
internal static class AppleKind
{
    private static readonly TimeSpan SecretLifetime = TimeSpan.FromMinutes(5);

    public static ProviderKind Apple { get; } = OpenIdKinds.Generic with
    {
        Name = "apple",
        Issuer = "https://appleid.apple.com",
        HasFixedIssuer = true,
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        MakeClientSecret = MakeSecret,
        AcceptsIdTokens = true,
        IdTokenMayLackNonce = claims => !claims.NonceSupported,
        AdjustAuthorization = AskForPost,
        ReadProfile = ReadAsync,
        Faults = Check,
    };

    private static string MakeSecret(ProviderOptions options, TimeProvider time) => new ClientKey(options.ApplePrivateKey, options.ApplePrivateKeyId)
        .Sign(options.AppleTeamId, options.ClientId, "https://appleid.apple.com", id: null, time.GetUtcNow(), SecretLifetime);

    // Apple wants it where a name or an e-mail address is asked for.
    private static void AskForPost(ProviderOptions options, IDictionary<string, string> query)
    {
        if (options.Scope.Contains("email") || options.Scope.Contains("name"))
            query["response_mode"] = "form_post";
    }

    // The form comes through the browser, unsigned: it may fill in a name, but never replace one, and never an address.
    private static ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var claims = request.IdTokenClaims;
        var user = request.Callback.TryGetValue("user", out var text) ? StrictJson.Parse(Encoding.UTF8.GetBytes(text)) : null;
        var last = ClaimJson.Text(user, "name", "lastName");
        return ValueTask.FromResult(claims with
        {
            GivenName = claims.GivenName ?? ClaimJson.Text(user, "name", "firstName"),
            FamilyName = claims.FamilyName ?? last,
            LastName = claims.LastName ?? last,
        });
    }

    private static IEnumerable<string> Check(ProviderOptions options)
    {
        if (options.AppleTeamId.Length == 0 || options.ApplePrivateKeyId.Length == 0)
            yield return "needs AppleTeamId and ApplePrivateKeyId, which Apple's developer pages show";
        if (!new ClientKey(options.ApplePrivateKey, "").IsEc)
            yield return "needs an ApplePrivateKey: the text of the .p8 file that Apple gave, with the line BEGIN PRIVATE KEY";
        if (options.ClientSecret.Length > 0)
            yield return "must have no ClientSecret; it is made of the key";
    }
}
