using System.Text.Json.Serialization;
using Selfservice.Flows;

namespace Selfservice.Verification;

/// <summary>Proving an address.</summary>
public sealed class VerificationFlow : Flow
{
    /// <summary>Whether the request came by a link in a mail: then its sender is a browser, whoever began the flow.</summary>
    [JsonIgnore]
    internal bool FollowsLink { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Verification;
}
