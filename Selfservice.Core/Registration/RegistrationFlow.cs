using System.Text.Json.Serialization;
using Selfservice.Flows;

namespace Selfservice.Registration;

/// <summary>Signing up.</summary>
public sealed class RegistrationFlow : EntryFlow
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Registration;
}
