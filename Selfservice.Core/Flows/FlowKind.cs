namespace Selfservice.Flows;

/// <summary>What a flow is for.</summary>
/// <param name="Name">The name in URLs and in the store.</param>
public readonly record struct FlowKind(string Name)
{
    /// <summary>Signing in.</summary>
    public static FlowKind Login { get; } = new("login");

    /// <summary>Signing up.</summary>
    public static FlowKind Registration { get; } = new("registration");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
