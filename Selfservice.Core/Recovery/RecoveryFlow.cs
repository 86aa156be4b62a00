using System.Text.Json.Serialization;
using Selfservice.Flows;

namespace Selfservice.Recovery;

/// <summary>Getting back into an account.</summary>
public sealed class RecoveryFlow : Flow
{
    private const string IssuedMember = "issued_by_administrator";

    /// <summary>Whether an administrator issued it: then whoever has its code may use it, in any browser.</summary>
    [JsonIgnore]
    public bool IsIssuedByAdministrator
    {
        get => Context.ContainsKey(IssuedMember);
        internal set
        {
            if (value)
                Context[IssuedMember] = true;
            else
                Context.Remove(IssuedMember);
        }
    }

    /// <summary>Whether the request came by a link in a mail: then its sender is a browser, whoever began the flow.</summary>
    [JsonIgnore]
    internal bool FollowsLink { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Recovery;
}
