namespace Selfservice.Strategies;

/// <summary>A method whose providers have names for people; pages say these where a flow says ids alone.</summary>
public interface IProviderNames
{
    /// <summary>The names of all providers, by their ids.</summary>
    IReadOnlyDictionary<string, string> ProviderNames { get; }
}
