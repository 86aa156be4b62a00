namespace Selfservice.Strategies.Password;

/// <summary>Settings of the password method, <c>Selfservice:Methods:Password</c>.</summary>
public sealed class PasswordOptions
{
    /// <summary>Whether the method is on. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What passwords have to be.</summary>
    public PasswordConfigOptions Config { get; set; } = new();
}

/// <summary>What passwords have to be, <c>Selfservice:Methods:Password:Config</c>.</summary>
public sealed class PasswordConfigOptions
{
    /// <summary>The fewest characters. Default: 8, at least 6. A password that is the only factor should have 15 (NIST SP 800-63B-4, 3.1.1.2).</summary>
    public int MinPasswordLength { get; set; } = 8;

    /// <summary>Whether the length is counted in bytes of UTF-8, as the contract's origin does. Default: false, in Unicode code points.</summary>
    public bool CountLengthInBytes { get; set; }

    /// <summary>Whether a password may not resemble the identifier. Default: true.</summary>
    public bool IdentifierSimilarityCheckEnabled { get; set; } = true;

    /// <summary>Whether the most used passwords, and one character repeated, are refused. Default: true.</summary>
    public bool CommonPasswordCheckEnabled { get; set; } = true;

    /// <summary>Words that no password may be, such as the name of the service. Default: none.</summary>
    public List<string> ContextWords { get; set; } = [];

    /// <summary>Whether passwords are looked up among those that leaked elsewhere; only five characters of their hash leave the host. Default: true.</summary>
    public bool HaveibeenpwnedEnabled { get; set; } = true;

    /// <summary>The host of that look-up. Default: <c>api.pwnedpasswords.com</c>.</summary>
    public string HaveibeenpwnedHost { get; set; } = "api.pwnedpasswords.com";

    /// <summary>How long the look-up may take. Default: 2 seconds.</summary>
    public TimeSpan HaveibeenpwnedTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a password may have leaked. Default: 0; at most 100.</summary>
    public int MaxBreaches { get; set; }

    /// <summary>Whether a password is accepted when the look-up fails. Default: true.</summary>
    public bool IgnoreNetworkErrors { get; set; } = true;

    /// <summary>How many passwords are hashed at once. Default 0: as many as the machine has processors.</summary>
    public int MaximumConcurrentHashes { get; set; }

    /// <summary>How many sign-ins may fail.</summary>
    public FailedLoginsOptions FailedLogins { get; set; } = new();
}

/// <summary>How many sign-ins may fail, <c>Selfservice:Methods:Password:Config:FailedLogins</c>. A sign-in that succeeds is none of them and lets the count begin anew.</summary>
public sealed class FailedLoginsOptions
{
    /// <summary>
    /// How many may fail for one identifier, whoever tries and whether anybody has it. Default: 100 (NIST SP 800-63B-4, 3.2.2, allows no more in a row); at most 100. 0 switches the count
    /// off.
    /// </summary>
    public int PerIdentifier { get; set; } = 100;

    /// <summary>
    /// How many of them one client may cause, known by its address (of IPv6 by the first 64 bits). Default: 20, so that one client alone cannot use up everybody's; 0 switches the count
    /// off.
    /// </summary>
    public int PerClient { get; set; } = 20;

    /// <summary>How long a count lasts from its first failure on; also the longest that anybody is kept out. Default: 24 hours, longer than nothing, at most 36,500 days.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(24);
}
