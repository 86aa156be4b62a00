using System.Text.Json.Serialization;
using Selfservice.Flows;

namespace Selfservice.Verification;

/// <summary>Proving an address.</summary>
public sealed class VerificationFlow : Flow
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Verification;
}
