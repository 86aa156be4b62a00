using Selfservice.Configuration;

namespace Selfservice.Strategies.Code;

internal sealed class CodeOptionsCheck : OptionsRules<CodeOptions>
{
    public CodeOptionsCheck()
    {
        Demand(o => o.Config.Lifespan >= TimeSpan.FromSeconds(1), "Selfservice:Methods:Code:Config:Lifespan must be at least 1s.");
        Demand(o => o.Config.MaxSubmissions is >= 1 and <= 255, "Selfservice:Methods:Code:Config:MaxSubmissions must be 1 to 255.");
        Demand(o => o.Config.MaxSubmissionsPerAddress is >= 1 and <= 10_000, "Selfservice:Methods:Code:Config:MaxSubmissionsPerAddress must be 1 to 10000.");
    }
}
