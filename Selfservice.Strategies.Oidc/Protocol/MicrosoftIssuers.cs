namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Microsoft's issuers: one for each tenant, which the discovery document of several tenants stands for by <c>{tenantid}</c>.</summary>
internal static class MicrosoftIssuers
{
    public const string Prefix = "https://login.microsoftonline.com/";
    public const string TenantPlace = "{tenantid}";
    private const string Suffix = "/v2.0";

    /// <summary>Where a tenant's discovery document is.</summary>
    public static string Of(string tenant) => Prefix + tenant + Suffix;

    /// <summary>Whether it is an issuer of Microsoft's, or stands for several.</summary>
    public static bool IsIssuer(string issuer) =>
        issuer.StartsWith(Prefix, StringComparison.Ordinal) && issuer.EndsWith(Suffix, StringComparison.Ordinal) && issuer.Length > Prefix.Length + Suffix.Length
        && issuer[Prefix.Length..^Suffix.Length] is var tenant && (tenant == TenantPlace || Guid.TryParseExact(tenant, "D", out _));
}
