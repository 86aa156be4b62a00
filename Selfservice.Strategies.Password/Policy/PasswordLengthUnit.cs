namespace Selfservice.Strategies.Password.Policy;

/// <summary>What the least length of a password counts.</summary>
public enum PasswordLengthUnit
{
    /// <summary>Each Unicode code point once (NIST SP 800-63B-4, section 3.1.1.2).</summary>
    CodePoints,

    /// <summary>Bytes of UTF-8, as the contract's origin counts: four emoji are sixteen.</summary>
    Utf8Bytes,
}
