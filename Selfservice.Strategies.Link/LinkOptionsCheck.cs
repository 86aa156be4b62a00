using Selfservice.Configuration;

namespace Selfservice.Strategies.Link;

internal sealed class LinkOptionsCheck : OptionsRules<LinkOptions>
{
    public LinkOptionsCheck() => Demand(o => o.Config.Lifespan >= TimeSpan.FromSeconds(1), "Selfservice:Methods:Link:Config:Lifespan must be at least 1s.");
}
