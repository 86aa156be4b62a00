namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>A situation whose answers are kept: what leads to it, and which answers are shown.</summary>
/// <param name="Name">Folder and file of its snapshots, such as <c>login/wrong-password</c>.</param>
/// <param name="Play">Plays it on a stage of its own.</param>
internal sealed record Scenario(string Name, Func<Stage, Task> Play)
{
    public Agent[] Agents { get; init; } = Enum.GetValues<Agent>();

    /// <summary>Settings of its host, below <c>Selfservice</c>.</summary>
    public (string Key, string? Value)[] Settings { get; init; } = [];

    /// <summary>Whether its host has providers to sign in by.</summary>
    public bool IsSocial { get; init; }

    /// <summary>Every scenario. A new flow adds its own file and a line here.</summary>
    public static IEnumerable<Scenario> All => [.. LoginScenarios.All, .. RegistrationScenarios.All, .. SessionScenarios.All, .. HostScenarios.All, .. AccountScenarios.All, .. AccountStepScenarios.All, .. AdminScenarios.All, .. OidcScenarios.All];
}
