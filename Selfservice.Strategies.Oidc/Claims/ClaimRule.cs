namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>A rule that makes a part of an identity of a claim.</summary>
public sealed class ClaimRule
{
    /// <summary>What is made: <c>traits.x.y</c>, <c>metadata_public.x</c>, <c>metadata_admin.x</c> or <c>verified_addresses</c>. Required.</summary>
    public string To { get; set; } = "";

    /// <summary>The claim, by its name or, inside objects, by a path with dots; <c>raw_claims.x</c> for any that the provider sent. Empty for <see cref="Default"/> alone.</summary>
    public string From { get; set; } = "";

    /// <summary>A claim without which the rule does nothing: it must be there and be neither false, empty nor 0. Empty, the default, for always.</summary>
    public string When { get; set; } = "";

    /// <summary>What is taken where the claim is missing. Null, the default, for nothing.</summary>
    public string? Default { get; set; }

    /// <summary>For <c>verified_addresses</c>: <c>email</c> or <c>sms</c>. Empty, the default, for <c>email</c>.</summary>
    public string Via { get; set; } = "";
}
