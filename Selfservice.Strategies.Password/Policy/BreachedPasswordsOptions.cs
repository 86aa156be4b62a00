namespace Selfservice.Strategies.Password.Policy;

/// <summary>Where breached passwords are looked up.</summary>
public sealed class BreachedPasswordsOptions
{
    /// <summary>
    /// Host of a service that speaks the range protocol of Have I Been Pwned, asked over HTTPS. Default <c>api.pwnedpasswords.com</c>. May carry a
    /// scheme, for a copy inside the own network.
    /// </summary>
    public string Host { get; set; } = "api.pwnedpasswords.com";

    /// <summary>How long an answer may take, the reading of its body included. Default 2 seconds; more than zero, at most 60 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer is remembered. Default 1 hour (the contract's); zero remembers nothing.</summary>
    public TimeSpan CacheLifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many answers are remembered, each about 100 bytes. Default 10,000; not negative.</summary>
    public int CacheEntries { get; set; } = 10_000;

    /// <summary>The longest answer that is read, in bytes. Default 1 MiB (a padded answer has about 80 KB); at least 4,096.</summary>
    public int MaximumResponseBytes { get; set; } = 1024 * 1024;

    /// <summary>Checks the ranges that the members state.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it and the bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(CacheLifespan, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheEntries);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumResponseBytes, 4096);
        _ = BaseAddress;
    }

    /// <summary>The host as an address.</summary>
    internal Uri BaseAddress =>
        Uri.TryCreate(Host.Contains("://", StringComparison.Ordinal) ? Host : $"https://{Host}", UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" && address.PathAndQuery == "/"
            ? address
            : throw new ArgumentException($"The host of the breach check is '{Host}': give a host name, or a scheme, a host and perhaps a port.");
}
