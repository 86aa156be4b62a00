namespace Selfservice.Strategies;

/// <summary>What a browser brings back from another place that a method sent it to, for example from a provider: the address it comes back to and the parameters in it.</summary>
/// <param name="Source">The last segment of the address: where the browser comes from; null for the method's general address.</param>
/// <param name="Parameters">The parameters of the query. One that was sent twice is not among them: two programs might disagree about which of the two counts.</param>
public sealed record Callback(string? Source, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A parameter; null when it is absent or empty.</summary>
    public string? Text(string name) => Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
