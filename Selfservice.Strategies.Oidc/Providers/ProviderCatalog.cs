namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>The configured providers.</summary>
internal sealed class ProviderCatalog(IEnumerable<Provider> providers)
{
    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<Provider> All { get; } = [.. providers];

    /// <summary>The one with this id; null when there is none.</summary>
    public Provider? Find(string id) => All.FirstOrDefault(p => p.Id == id);
}
