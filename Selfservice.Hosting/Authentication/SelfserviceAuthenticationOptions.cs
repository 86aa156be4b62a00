using Microsoft.AspNetCore.Authentication;

namespace Selfservice.Hosting.Authentication;

/// <summary>Settings of the authentication scheme.</summary>
public sealed class SelfserviceAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Traits that become claims: the claim's type, then the trait's path without <c>traits.</c>. Default: <c>email</c> and <c>name</c>, where they are plain values.</summary>
    public IDictionary<string, string> TraitClaims { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "email", ["name"] = "name" };
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
