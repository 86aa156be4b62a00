using Selfservice.Flows;

namespace Selfservice.Registration;

/// <summary>Signing up.</summary>
public sealed class RegistrationFlow : Flow
{
    /// <inheritdoc/>
    public override FlowKind Kind => FlowKind.Registration;
}
