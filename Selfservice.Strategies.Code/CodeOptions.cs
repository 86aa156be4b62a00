namespace Selfservice.Strategies.Code;

/// <summary>Settings of the code method, <c>Selfservice:Methods:Code</c>.</summary>
public sealed class CodeOptions
{
    /// <summary>Whether the method is on. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How codes work.</summary>
    public CodeConfigOptions Config { get; set; } = new();
}

/// <summary>How codes work, <c>Selfservice:Methods:Code:Config</c>.</summary>
public sealed class CodeConfigOptions
{
    /// <summary>How long a code works. Default: 10 minutes (NIST SP 800-63B-4, 3.1.3.2), at least 1 second.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many codes may be tried in one flow, whatever was sent meanwhile, 1 to 255. Default: 5.</summary>
    public int MaxSubmissions { get; set; } = 5;

    /// <summary>Whether a code is sent to a flow, or for an address, whose tries are used up, as the contract's origin does; it cannot be used. Default: false.</summary>
    public bool SendUselessCodes { get; set; }

    /// <summary>How many codes may be tried for one address within an hour, in whichever flows, 1 to 10,000. Default: 20: with six digits a guess is right once in 50,000 hours.</summary>
    public int MaxSubmissionsPerAddress { get; set; } = 20;
}
