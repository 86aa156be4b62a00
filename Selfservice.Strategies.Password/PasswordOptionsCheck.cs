using Selfservice.Configuration;

namespace Selfservice.Strategies.Password;

/// <summary>Stops a host whose password settings are wrong.</summary>
internal sealed class PasswordOptionsCheck : OptionsRules<PasswordOptions>
{
    public PasswordOptionsCheck()
    {
        Demand(o => o.Config.MinPasswordLength is >= 6 and <= 128, o => Key("MinPasswordLength", o.Config.MinPasswordLength) + "it must be between 6 and 128.");
        Demand(o => o.Config.MaxBreaches is >= 0 and <= 100, o => Key("MaxBreaches", o.Config.MaxBreaches) + "it must be between 0 and 100.");
        Demand(
            o => o.Config.MaximumConcurrentHashes is >= 0 and <= 1024,
            o => Key("MaximumConcurrentHashes", o.Config.MaximumConcurrentHashes) + "it must be between 0 (one for each processor) and 1024.");
        Demand(
            o => o.Config.FailedLogins is { PerIdentifier: >= 0 and <= 100, PerClient: >= 0 and <= 100 },
            "Selfservice:Methods:Password:Config:FailedLogins: PerIdentifier and PerClient must be between 0 (no limit) and 100.");
        Demand(
            o => o.Config.FailedLogins.Window > TimeSpan.Zero && o.Config.FailedLogins.Window <= LongestTime,
            o => Key("FailedLogins:Window", o.Config.FailedLogins.Window) + "it must be longer than nothing and at most 36,500 days (876000h).");
        Demand(
            o => o.Config.HaveibeenpwnedTimeout >= TimeSpan.FromMilliseconds(1) && o.Config.HaveibeenpwnedTimeout <= TimeSpan.FromMinutes(1),
            o => Key("HaveibeenpwnedTimeout", o.Config.HaveibeenpwnedTimeout) + "it must be between 1ms and 1m.");
        Demand(
            o => Uri.CheckHostName(o.Config.HaveibeenpwnedHost) != UriHostNameType.Unknown || Uri.TryCreate(o.Config.HaveibeenpwnedHost, UriKind.Absolute, out _),
            o => Key("HaveibeenpwnedHost", $"\"{o.Config.HaveibeenpwnedHost}\"") + "give a host name.");
    }

    private static string Key(string name, object value) => $"Selfservice:Methods:Password:Config:{name} is {value}; ";
}
