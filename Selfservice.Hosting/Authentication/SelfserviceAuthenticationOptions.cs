using Microsoft.AspNetCore.Authentication;

namespace Selfservice.Hosting.Authentication;

/// <summary>Settings of the authentication scheme.</summary>
public sealed class SelfserviceAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>
    /// What of the identity becomes claims: the claim's type, then a path that begins with <c>traits</c>, <c>metadata_public</c> or <c>metadata_admin</c>. A text, a number or a boolean becomes one
    /// claim, a list of them one claim each. Default: <c>email</c> of <c>traits.email</c>, <c>name</c> of <c>traits.name</c>. People write their traits themselves; what gives rights belongs in metadata.
    /// </summary>
    public IDictionary<string, string> IdentityClaims { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "traits.email", ["name"] = "traits.name" };
}

/// <summary>The defaults of the authentication scheme.</summary>
public static class SelfserviceAuthenticationDefaults
{
    /// <summary>The scheme's name.</summary>
    public const string AuthenticationScheme = "Selfservice";
}

/// <summary>The types of the claims that a session gives.</summary>
public static class SelfserviceClaimTypes
{
    /// <summary>The identity's id.</summary>
    public const string Subject = "sub";

    /// <summary>The session's id.</summary>
    public const string SessionId = "sid";

    /// <summary>The assurance level: <c>aal1</c> or <c>aal2</c>.</summary>
    public const string AssuranceLevel = "aal";

    /// <summary>A method that was used; one claim each.</summary>
    public const string AuthenticationMethod = "amr";

    /// <summary>When the owner last proved who they are, in Unix seconds.</summary>
    public const string AuthenticationTime = "auth_time";
}
