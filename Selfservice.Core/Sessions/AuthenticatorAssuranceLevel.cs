namespace Selfservice.Sessions;

/// <summary>How sure a session is of its owner, in the levels of NIST SP 800-63B.</summary>
public enum AuthenticatorAssuranceLevel
{
    /// <summary>Nothing was proven.</summary>
    Aal0,

    /// <summary>One factor was proven.</summary>
    Aal1,

    /// <summary>Two factors were proven.</summary>
    Aal2,
}

/// <summary>The names of the levels on the wire, and the level that several methods amount to.</summary>
public static class AuthenticatorAssuranceLevels
{
    /// <summary>The name on the wire: <c>aal0</c>, <c>aal1</c> or <c>aal2</c>.</summary>
    public static string ToWireName(this AuthenticatorAssuranceLevel level) => level switch
    {
        AuthenticatorAssuranceLevel.Aal0 => "aal0",
        AuthenticatorAssuranceLevel.Aal1 => "aal1",
        AuthenticatorAssuranceLevel.Aal2 => "aal2",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The level that a name on the wire means; null for another name.</summary>
    public static AuthenticatorAssuranceLevel? Parse(string name) => name switch
    {
        "aal0" => AuthenticatorAssuranceLevel.Aal0,
        "aal1" => AuthenticatorAssuranceLevel.Aal1,
        "aal2" => AuthenticatorAssuranceLevel.Aal2,
        _ => null,
    };

    /// <summary>The level of a session with these methods: a first and a second factor make AAL2, anything else AAL1, nothing AAL0.</summary>
    public static AuthenticatorAssuranceLevel Of(IReadOnlyCollection<AuthenticationMethod> methods)
    {
        if (methods.Count == 0)
            return AuthenticatorAssuranceLevel.Aal0;
        // A provider that vouches for two factors counts for both.
        var first = methods.Any(m => m.Aal == AuthenticatorAssuranceLevel.Aal1 || (m.Aal == AuthenticatorAssuranceLevel.Aal2 && m.Provider is not null));
        var second = methods.Any(m => m.Aal == AuthenticatorAssuranceLevel.Aal2);
        return first && second ? AuthenticatorAssuranceLevel.Aal2 : AuthenticatorAssuranceLevel.Aal1;
    }
}
