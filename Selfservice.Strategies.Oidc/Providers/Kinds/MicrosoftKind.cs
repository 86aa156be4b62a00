using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Microsoft: an issuer for each tenant, and three names for one account.</summary>
internal static class MicrosoftKind
{
    public static ProviderKind Microsoft { get; } = OpenIdKinds.Generic with
    {
        Name = "microsoft",
        Issuer = MicrosoftIssuers.Of("{tenant}"),
        HasFixedIssuer = true,
        ReadProfile = ReadAsync,
        Faults = Check,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var claims = request.IdTokenClaims;
        return request.Options.SubjectSource switch
        {
            SubjectSource.Userinfo => claims,
            SubjectSource.Oid => claims with { Subject = claims.ObjectId ?? "" },
            SubjectSource.Me => claims with { Subject = ClaimJson.Text(await request.GetAsync("https://graph.microsoft.com/v1.0/me", cancellationToken).ConfigureAwait(false), "id") ?? "" },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static IEnumerable<string> Check(ProviderOptions options)
    {
        if (options.MicrosoftTenant.Length == 0 || !options.MicrosoftTenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
            yield return "needs a MicrosoftTenant: the tenant's id or domain, common, organizations or consumers";
    }
}
