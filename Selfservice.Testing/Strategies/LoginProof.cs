namespace Selfservice.Testing.Strategies;

/// <summary>Submissions to try a login method with.</summary>
/// <param name="Right">The fields that sign in.</param>
/// <param name="Wrong">The fields of somebody known with a wrong proof.</param>
/// <param name="Unknown">The fields of somebody whom nobody knows.</param>
/// <param name="Secrets">The values among them that must not be shown or logged.</param>
public sealed record LoginProof(
    IReadOnlyDictionary<string, string> Right, IReadOnlyDictionary<string, string> Wrong, IReadOnlyDictionary<string, string> Unknown, IReadOnlyCollection<string> Secrets);
