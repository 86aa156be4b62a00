using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>Which passwords may be chosen. There are no composition rules and no forced changes (NIST SP 800-63B-4; ASVS 6.2.5, 6.2.10).</summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>The least length, in <see cref="LengthUnit"/>. Default 8 (the contract's; ASVS 6.2.1 advises 15); 6 to 128.</summary>
    public int MinimumLength { get; set; } = 8;

    /// <summary>What <see cref="MinimumLength"/> counts. Default code points.</summary>
    public PasswordLengthUnit LengthUnit { get; set; } = PasswordLengthUnit.CodePoints;

    /// <summary>
    /// The greatest length, in bytes of UTF-8. Default 1,024, which is also the most; at least 256, room for 64 characters of any script (NIST N2).
    /// </summary>
    public int MaximumBytes { get; set; } = PasswordText.MaximumBytes;

    /// <summary>Whether passwords that resemble an identifier are refused. Default true.</summary>
    public bool CheckIdentifierSimilarity { get; set; } = true;

    /// <summary>Whether a password of one repeated character is refused. Default true; the contract's origin accepts it.</summary>
    public bool RefuseRepeatedCharacter { get; set; } = true;

    /// <summary>Whether the embedded list of common passwords is asked. Default true; the contract's origin has none.</summary>
    public bool RefuseCommonPasswords { get; set; } = true;

    /// <summary>
    /// Words that are no passwords here, such as the names of the company and its products (ASVS 6.1.2). Compared with the whole password, ignoring
    /// case. Default none.
    /// </summary>
    public IList<string> ContextWords { get; set; } = [];

    /// <summary>Whether the breach check is asked. Default true.</summary>
    public bool CheckBreaches { get; set; } = true;

    /// <summary>How often a password may have been breached. Default 0; 0 to 100.</summary>
    public int MaximumBreaches { get; set; }

    /// <summary>
    /// Whether a password passes when the breach check cannot be made; the outage is logged and counted. Default true, as the contract has it:
    /// false turns an outage of that service into one of registration (<see cref="PasswordViolation.BreachCheckUnavailable"/>).
    /// </summary>
    public bool IgnoreBreachCheckOutages { get; set; } = true;

    /// <summary>Checks the ranges that the members state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it and the bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumLength, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinimumLength, 128);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBytes, 256);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumBytes, PasswordText.MaximumBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumBreaches);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumBreaches, 100);
        if (!Enum.IsDefined(LengthUnit))
            throw new ArgumentOutOfRangeException(nameof(LengthUnit), LengthUnit, "The unit of password lengths must be CodePoints or Utf8Bytes.");
    }
}
