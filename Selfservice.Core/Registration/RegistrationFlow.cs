using System.Text.Json.Serialization;
using Selfservice.Flows;

namespace Selfservice.Registration;

/// <summary>Signing up.</summary>
public sealed class RegistrationFlow : Flow
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Registration;
}
