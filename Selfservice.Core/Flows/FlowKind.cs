namespace Selfservice.Flows;

/// <summary>What a flow is for.</summary>
/// <param name="Name">The name in URLs and in the store.</param>
public readonly record struct FlowKind(string Name)
{
    /// <summary>Signing in.</summary>
    public static FlowKind Login { get; } = new("login");

    /// <summary>Signing up.</summary>
    public static FlowKind Registration { get; } = new("registration");

    /// <summary>Changing one's own account.</summary>
    public static FlowKind Settings { get; } = new("settings");

    /// <summary>Getting back into an account.</summary>
    public static FlowKind Recovery { get; } = new("recovery");

    /// <summary>Proving an address.</summary>
    public static FlowKind Verification { get; } = new("verification");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FlowKind> All { get; } = [Login, Registration, Settings, Recovery, Verification];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
