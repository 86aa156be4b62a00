using Microsoft.Extensions.DependencyInjection.Extensions;
using Selfservice.Composition;
using Selfservice.Sample.CustomStrategy;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the badge method.</summary>
public static class BadgeBuilderExtensions
{
    /// <summary>Adds the badge method.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Badge</c> wins over them.</param>
    public static SelfserviceBuilder AddBadge(this SelfserviceBuilder builder, Action<BadgeOptions>? configure = null)
    {
        builder.Services.TryAddSingleton<Badges>();
        return builder.AddOptions("Methods:Badge", configure).AddStrategy<BadgeStrategy>();
    }
}
