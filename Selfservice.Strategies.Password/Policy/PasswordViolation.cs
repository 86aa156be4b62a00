namespace Selfservice.Strategies.Password.Policy;

/// <summary>Why a password may not be chosen. A closed family: every switch over it ends in <see cref="System.Diagnostics.UnreachableException"/>.</summary>
public abstract record PasswordViolation
{
    private PasswordViolation()
    {
    }

    /// <summary>The password is too short. Both numbers are in the unit of <see cref="PasswordPolicyOptions.LengthUnit"/>.</summary>
    /// <param name="Minimum">The least length.</param>
    /// <param name="Actual">The length of the password.</param>
    public sealed record TooShort(int Minimum, int Actual) : PasswordViolation;

    /// <summary>The password is too long. Both numbers are bytes of UTF-8.</summary>
    /// <param name="Maximum">The greatest length, in bytes.</param>
    /// <param name="Actual">The length of the password, in bytes.</param>
    public sealed record TooLong(int Maximum, int Actual) : PasswordViolation;

    /// <summary>The password is too similar to one of the identifiers of its owner.</summary>
    public sealed record SimilarToIdentifier : PasswordViolation;

    /// <summary>The password was found in data breaches.</summary>
    /// <param name="Count">How often.</param>
    public sealed record Breached(long Count) : PasswordViolation;

    /// <summary>
    /// No violation but no answer either: the breach check failed, and <see cref="PasswordPolicyOptions.IgnoreBreachCheckOutages"/> is off. The host
    /// answers 502.
    /// </summary>
    public sealed record BreachCheckUnavailable : PasswordViolation;

    /// <summary>The password is refused for a reason that is told in words.</summary>
    /// <param name="Reason">English, lower case, fits into "The password can not be used because {reason}."</param>
    public abstract record Described(string Reason) : PasswordViolation;

    /// <summary>The password is one of the most used ones (ASVS 6.2.4, NIST N8).</summary>
    public sealed record Common() : Described("it is one of the most used passwords");

    /// <summary>The password is nothing but one character, repeated.</summary>
    public sealed record RepeatedCharacter() : Described("it is only one character, repeated");

    /// <summary>The password is one of <see cref="PasswordPolicyOptions.ContextWords"/> (ASVS 6.2.11).</summary>
    public sealed record ContextWord() : Described("it is a word that belongs to this service");

    /// <summary>The password holds half of a surrogate pair and has no bytes to hash.</summary>
    public sealed record NotUnicode() : Described("it contains characters that are not valid Unicode");
}
